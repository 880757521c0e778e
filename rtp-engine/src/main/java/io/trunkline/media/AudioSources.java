package io.trunkline.media;

import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import io.trunkline.media.play.BytesSource;
import io.trunkline.media.play.FileSource;
import io.trunkline.media.play.Mp3Source;
import io.trunkline.media.play.NormalizedSource;
import io.trunkline.media.play.SilenceSource;
import io.trunkline.media.play.Tones;
import io.trunkline.media.speech.Speech;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes what can be played. Formats are told by content, never by name: WAV (PCM, float, A-law, µ-law), MP3, Ogg/Opus,
 * any rate, mono or stereo. What cannot be played ends with {@link UnplayableAudioException}, from {@link #inspect}
 * or when it is read.
 */
public final class AudioSources {
    private AudioSources() {}

    /** A file, streamed: never held in memory as a whole. Its cache key follows its size and time of change. */
    public static AudioSource file(Path path) {
        return new FileSource(path);
    }

    public static AudioSource bytes(byte[] audio) {
        return new BytesSource(audio);
    }

    /** MP3 that is still arriving: read and decoded as it does, in whatever pieces. */
    public static AudioSource liveMp3(InputStream in) {
        return new Mp3Source(in);
    }

    /** Whether live sound that begins with these bytes is MP3 rather than samples. */
    public static boolean isMp3(byte[] beginning) {
        return Mp3Source.beginsIn(beginning);
    }

    /** Reads all of {@code source} once and says what it is. */
    public static AudioInfo inspect(Path path) throws IOException, InterruptedException {
        return new FileSource(path).inspect();
    }

    public static AudioInfo inspect(byte[] audio) throws IOException, InterruptedException {
        return new BytesSource(audio).inspect();
    }

    /**
     * One cycle of a tone, to be repeated: {@code ringback}, {@code busy} or {@code congestion}, alone (United States)
     * or with a country ({@code ringback:gb}); {@code beep}; {@code sit}; {@code dtmf:123#}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static AudioSource tone(String name) {
        return Tones.named(name);
    }

    public static AudioSource silence(Duration duration) {
        return new SilenceSource(duration);
    }

    /** A text in a voice: the same text in the same voice is the same audio, whichever call says it. */
    public static AudioSource speech(SpeechSynthesizer synthesizer, SpeechRequest request) {
        return Speech.source(synthesizer, request);
    }

    /** {@code source} brought to a loudness (reads it twice); peaks are limited, never clipped. */
    public static AudioSource normalized(AudioSource source, double levelDbfs) {
        return new NormalizedSource(source, levelDbfs);
    }
}
