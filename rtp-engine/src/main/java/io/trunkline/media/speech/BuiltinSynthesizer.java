package io.trunkline.media.speech;

import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** FreeTTS: not a pretty voice, but one that every machine has. One text at a time: its voices are not shared. */
public final class BuiltinSynthesizer implements SpeechSynthesizer {
    private static final String NAME = "kevin16";
    private static final int WORDS_PER_MINUTE = 150;
    private static final int MAX_TEXT = 20_000;

    private final ReentrantLock turn = new ReentrantLock(true);
    private Optional<com.sun.speech.freetts.Voice> loaded = Optional.empty();

    @Override
    public String engine() {
        return "builtin";
    }

    @Override
    public List<Voice> voices() {
        return List.of(new Voice("builtin/" + NAME, "builtin", "en-us", "male", 16_000));
    }

    @Override
    public void speak(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        if (request.text().length() > MAX_TEXT) {
            throw new IOException("the text is longer than " + MAX_TEXT + " characters");
        }
        turn.lockInterruptibly();
        try {
            com.sun.speech.freetts.Voice voice = loaded.orElseGet(BuiltinSynthesizer::allocate);
            // kept while it works: its dictionary takes most of a second to load
            loaded = Optional.empty();
            voice.setRate((float) (WORDS_PER_MINUTE * Math.clamp(request.rate(), 0.25, 4.0)));
            SinkPlayer player = new SinkPlayer(sink);
            voice.setAudioPlayer(player);
            voice.speak(request.text());
            loaded = Optional.of(voice);
            player.rethrow();
        } finally {
            turn.unlock();
        }
    }

    private static com.sun.speech.freetts.Voice allocate() {
        com.sun.speech.freetts.Voice voice = Arrays.stream(new KevinVoiceDirectory().getVoices())
                .filter(one -> one.getName().equals(NAME))
                .findFirst()
                .orElseThrow();
        voice.allocate();
        return voice;
    }
}
