package io.trunkline.media.speech;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.SpeechSynthesizer;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engines of this machine, and a text in a voice as something that plays. */
public final class Speech {
    private Speech() {}

    /** What is installed, the best first; the built-in voice is always the last. */
    public static List<SpeechSynthesizer> installed() {
        List<SpeechSynthesizer> found = new ArrayList<>();
        for (SpeechProgram program : SpeechProgram.known()) {
            CommandSynthesizer.of(program).ifPresent(found::add);
        }
        found.add(new BuiltinSynthesizer());
        return List.copyOf(found);
    }

    /** A program given by its command line, with one voice. */
    public static SpeechSynthesizer command(List<String> command) {
        return CommandSynthesizer.given(command);
    }

    /** The same text in the same voice is the same audio, whichever call says it. */
    public static AudioSource source(SpeechSynthesizer engine, SpeechRequest request) {
        return new Spoken(engine, request);
    }

    private record Spoken(SpeechSynthesizer engine, SpeechRequest request) implements AudioSource {
        @Override
        public void writeTo(AudioSink sink) throws IOException, InterruptedException {
            engine.speak(request, sink);
        }

        @Override
        public Optional<String> cacheKey() {
            return Optional.of("say:" + request.voice().id() + ":" + request.rate() + ":" + request.text());
        }
    }
}
