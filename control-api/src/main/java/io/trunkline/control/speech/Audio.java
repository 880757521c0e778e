package io.trunkline.control.speech;

import io.trunkline.control.call.AudioLibrary;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Verb;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioSources;
import io.trunkline.media.SpeechSynthesizer.SpeechRequest;
import java.nio.file.Path;
import java.util.function.Function;

/** What verbs name, as audio: speech by the voices, files of ours, tones, and what lies behind a URL. */
public final class Audio implements AudioLibrary {
    private final Voices voices;
    private final AudioFetcher fetcher;
    private final Function<String, Path> mediaFiles;

    /** {@code mediaFiles} finds an uploaded file by its id. */
    public Audio(Voices voices, AudioFetcher fetcher, Function<String, Path> mediaFiles) {
        this.voices = voices;
        this.fetcher = fetcher;
        this.mediaFiles = mediaFiles;
    }

    @Override
    public AudioSource speech(Verb.Say say) {
        Voices.Choice choice = voices.choose(say.voice(), say.language());
        return AudioSources.speech(choice.engine(), new SpeechRequest(say.text(), choice.voice(), say.rate()));
    }

    @Override
    public AudioSource audio(Verb.AudioRef ref) {
        return switch (ref) {
            case Verb.AudioRef.Url(String url) -> sink -> fetcher.fetch(url).writeTo(sink);
            case Verb.AudioRef.Stored(Path file) -> AudioSources.file(file);
            case Verb.AudioRef.Media(String mediaId) -> AudioSources.file(mediaFiles.apply(mediaId));
            case Verb.AudioRef.Tone(String name) -> tone(name);
        };
    }

    private static AudioSource tone(String name) {
        try {
            return AudioSources.tone(name);
        } catch (IllegalArgumentException unknown) {
            throw CallRefused.invalid("tone", "There is no tone '" + name + "'.");
        }
    }
}
