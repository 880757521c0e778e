package io.trunkline.media;

import io.trunkline.media.speech.Speech;
import java.io.IOException;
import java.util.List;

/** Text to sound. Implementations block; they run on virtual threads. */
public interface SpeechSynthesizer {
    /** What this machine can speak with, without HTTP, the best first; the built-in voice is always the last. */
    static List<SpeechSynthesizer> installed() {
        return Speech.installed();
    }

    /** A program of the operator's own: text on its standard input, a WAV on its standard output. */
    static SpeechSynthesizer command(List<String> command) {
        return Speech.command(command);
    }

    /** The name in configuration and in voices: {@code espeak-ng}, {@code builtin} … */
    String engine();

    List<Voice> voices();

    /** Speaks {@code text} into {@code sink} as it becomes available. */
    void speak(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException;

    /** Text with the voice it is spoken in; {@code rate} 1.0 is the voice's own pace. */
    record SpeechRequest(String text, Voice voice, double rate) {}

    /**
     * A voice that is installed.
     *
     * @param id engine and name: {@code espeak-ng/en-us}
     * @param language BCP 47
     * @param sex {@code female}, {@code male} or {@code unknown}
     */
    record Voice(String id, String engine, String language, String sex, int sampleRate) {}
}
