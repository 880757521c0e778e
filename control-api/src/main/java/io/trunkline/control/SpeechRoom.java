package io.trunkline.control;

import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.speech.Audio;
import io.trunkline.control.speech.AudioFetcher;
import io.trunkline.control.speech.HttpSynthesizer;
import io.trunkline.control.speech.SpeechCache;
import io.trunkline.control.speech.Voices;
import io.trunkline.media.SpeechSynthesizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What calls can say and play. */
record SpeechRoom(Voices voices, Audio audio) {
    private static final String FROM_FILE = "file:";
    /** Those of the service whose interface it is; other servers take their own names as {@code speech.voice}. */
    private static final List<String> HTTP_VOICES = List.of("alloy", "echo", "fable", "onyx", "nova", "shimmer");

    static SpeechRoom open(Ground ground, ControlConfig config, UrlGuard guard) {
        Voices voices = new Voices(engines(config.speech()), config.speech().voice());
        Audio audio = new Audio(
                voices,
                new SpeechCache(
                        config.data().resolve("speech"), (long) config.speech().cacheMegabytes() << 20),
                new AudioFetcher(ground.vertx(), guard),
                mediaId -> config.data().resolve("media").resolve(mediaId));
        return new SpeechRoom(voices, audio);
    }

    /** The one that was chosen first, then what else there is; the built-in voice stays last. */
    static List<SpeechSynthesizer> engines(ControlConfig.Speech speech) {
        List<SpeechSynthesizer> all = new ArrayList<>();
        speech.command()
                .ifPresent(command -> all.add(
                        SpeechSynthesizer.command(List.of(command.strip().split("\\s+", -1)))));
        speech.url().ifPresent(url -> all.add(http(speech, url)));
        all.addAll(SpeechSynthesizer.installed());
        String chosen =
                switch (speech.engine()) {
                    case AUTO -> speech.url().isPresent() ? "http" : "";
                    case PIPER -> "piper";
                    case ESPEAK -> "espeak-ng";
                    case FLITE -> "flite";
                    case FESTIVAL -> "festival";
                    case FREETTS -> "builtin";
                    case COMMAND -> "command";
                    case HTTP -> "http";
                };
        all.sort(Comparator.comparing(engine -> !engine.engine().equals(chosen)));
        return List.copyOf(all);
    }

    private static SpeechSynthesizer http(ControlConfig.Speech speech, String url) {
        List<String> names = new ArrayList<>(HTTP_VOICES);
        speech.voice()
                .filter(voice -> !voice.contains("/") && !names.contains(voice))
                .ifPresent(names::addFirst);
        return new HttpSynthesizer(
                URI.create(url),
                speech.key().map(SpeechRoom::key),
                speech.model().orElse("tts-1"),
                names,
                speech.atOnce());
    }

    /** Written down as {@code file:/path}, the key is what that file holds. */
    private static Secret key(Secret written) {
        if (!written.value().startsWith(FROM_FILE)) {
            return written;
        }
        try {
            return new Secret(Files.readString(Path.of(written.value().substring(FROM_FILE.length())))
                    .strip());
        } catch (IOException missing) {
            throw new UncheckedIOException("speech.key names a file that cannot be read", missing);
        }
    }
}
