package io.trunkline.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TurnRecorderTest {
    private static final int FRAME = 160;
    private static final int HEADER = 44;

    private final TurnRecorder recorder = new TurnRecorder(8000);

    private void hear(int frames, int value) {
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) value);
        for (int i = 0; i < frames; i++) {
            recorder.hear(frame);
        }
    }

    private static ByteBuffer wav(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aTurnBeginsAMomentBeforeOurEarWasSure() {
        hear(500, 1);
        recorder.begin();
        hear(50, 2);
        ByteBuffer wav = wav(recorder.end());

        int samples = wav.getInt(40) / 2;
        assertThat(samples).isEqualTo(8000 * 600 / 1000 + 50 * FRAME);
        assertThat(wav.getInt(24)).isEqualTo(8000);
        assertThat(wav.capacity()).isEqualTo(HEADER + 2 * samples);
        assertThat(wav.getShort(HEADER)).isEqualTo((short) 1);
        assertThat(wav.getShort(HEADER + 2 * (samples - 1))).isEqualTo((short) 2);
    }

    @Test
    void ofASpeechTheFirstMinuteIsKept() {
        recorder.begin();
        hear(50 * 90, 3);

        assertThat(wav(recorder.end()).getInt(40)).isEqualTo(2 * 8000 * 60);
    }

    @Test
    void nothingOfATurnIsInTheNext() {
        recorder.begin();
        hear(50, 1);
        recorder.end();
        recorder.begin();
        hear(1, 2);

        ByteBuffer wav = wav(recorder.end());
        assertThat(wav.getInt(40)).isEqualTo(2 * FRAME);
        assertThat(wav.getShort(HEADER)).isEqualTo((short) 2);
    }
}
