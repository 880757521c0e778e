package io.trunkline.control.speech;

import io.trunkline.control.call.AudioLibrary;
import io.trunkline.control.call.CallRefused;
import io.trunkline.control.call.Verb;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioSources;
import java.nio.file.Path;
import java.util.function.Function;

/** What verbs name, as audio: speech by the voices, files of ours, tones, and what lies behind a URL. */
public final class Audio implements AudioLibrary {
    private final Voices voices;
    private final SpeechCache cache;
    private final AudioFetcher fetcher;
    private final Function<String, Path> mediaFiles;

    /** {@code mediaFiles} finds an uploaded file by its id. */
    public Audio(Voices voices, SpeechCache cache, AudioFetcher fetcher, Function<String, Path> mediaFiles) {
        this.voices = voices;
        this.cache = cache;
        this.fetcher = fetcher;
        this.mediaFiles = mediaFiles;
    }

    @Override
    public AudioSource speech(Verb.Say say) {
        Voices.Choice choice = voices.choose(say.voice(), say.language());
        String key = "say:" + choice.voice().id() + ":" + say.rate() + ":" + say.text();
        return cache.of(new PiecesSource(
                choice, say.rate(), SpokenText.pieces(say.text(), choice.voice().language()), key));
    }

    @Override
    public AudioSource audio(Verb.AudioRef ref) {
        return switch (ref) {
            case Verb.AudioRef.Url(String url) -> sink -> fetcher.fetch(url).writeTo(sink);
            case Verb.AudioRef.Stored(Path file) -> AudioSources.file(file);
            case Verb.AudioRef.Media(String mediaId) -> AudioSources.file(mediaFiles.apply(mediaId));
            case Verb.AudioRef.Tone(String name) -> tone(name);
            case Verb.AudioRef.AsLoudAs(Verb.AudioRef audio, double dbfs) ->
                AudioSources.normalized(audio(audio), dbfs);
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
