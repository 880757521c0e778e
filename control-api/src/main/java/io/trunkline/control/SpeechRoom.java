package io.trunkline.control;

import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.speech.Audio;
import io.trunkline.control.speech.AudioFetcher;
import io.trunkline.control.speech.Voices;
import io.trunkline.media.SpeechSynthesizer;

/** What calls can say and play. */
record SpeechRoom(Voices voices, Audio audio) {
    static SpeechRoom open(Ground ground, ControlConfig config, UrlGuard guard) {
        Voices voices =
                new Voices(SpeechSynthesizer.installed(), config.speech().voice());
        Audio audio = new Audio(
                voices,
                new AudioFetcher(ground.vertx(), guard),
                mediaId -> config.data().resolve("media").resolve(mediaId));
        return new SpeechRoom(voices, audio);
    }
}
