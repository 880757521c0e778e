package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.amd.synth.SpeechPrograms;
import io.trunkline.media.amd.synth.SpokenWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechActivityTest {
    private final List<Long> started = new ArrayList<>();
    private final List<Long> stopped = new ArrayList<>();
    private final SpeechActivity activity = new SpeechActivity(Model.shipped(), new SpeechActivity.Listener() {
        @Override
        public void onSpeechStarted(long ms) {
            started.add(ms);
        }

        @Override
        public void onSpeechStopped(long ms) {
            stopped.add(ms);
        }
    });

    @Test
    void saysWhenSpeechStartsAndStops() throws IOException {
        short[] words = words();
        feed(Sounds.joined(Sounds.silence(1000), words, Sounds.silence(1500)));

        assertThat(started).isNotEmpty();
        assertThat(started.getFirst()).isBetween(900L, 1150L);
        assertThat(stopped).hasSameSizeAs(started);
        long end = 1000L + words.length / 8;
        assertThat(stopped.getLast()).isBetween(end - 250, end + 150);
    }

    @Test
    void findsSpeechInNoise() throws IOException {
        short[] words = words();
        short[] call = Sounds.joined(Sounds.silence(2000), words, Sounds.silence(2000));
        short[] noise = Sounds.noise(call.length / 8, 500, 5);
        for (int i = 0; i < call.length; i++) {
            call[i] += noise[i];
        }
        feed(call);

        assertThat(started).isNotEmpty();
        assertThat(started.getFirst()).isBetween(1850L, 2300L);
        assertThat(activity.speaking()).isFalse();
    }

    @Test
    void hearsNoSpeechInNoiseAlone() {
        feed(Sounds.noise(6000, 800, 9));

        assertThat(started).isEmpty();
    }

    private void feed(short[] samples) {
        for (int at = 0; at < samples.length; at += 160) {
            activity.feed(samples, at, Math.min(160, samples.length - at));
        }
    }

    private static short[] words() throws IOException {
        SpeechPrograms programs = SpeechPrograms.quick();
        assumeTrue(programs.usable(), "needs espeak-ng and flite");
        return SpokenWords.of(programs, "Hello, this is a test of the detector of speech.");
    }
}
