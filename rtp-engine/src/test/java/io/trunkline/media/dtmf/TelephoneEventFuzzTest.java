package io.trunkline.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

class TelephoneEventFuzzTest {
    /** Seven bytes a packet: marker and length, two of timestamp, four of payload. */
    @FuzzTest(maxDuration = "1m")
    void anyPacketsAreDigitsOrNothing(byte[] bytes) {
        int packets = bytes.length / 7;
        int[] presses = new int[1];
        TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000, (digit, durationMs) -> {
            assertThat(Digits.isDigit(digit)).isTrue();
            assertThat(durationMs).isNotNegative();
            presses[0]++;
        });
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (int i = 0; i < packets; i++) {
            byte head = in.get();
            int timestamp = in.getShort() * 80;
            receiver.onPacket(bytes, in.position(), Math.min(4, head & 7), head < 0, timestamp, i * 20L);
            receiver.onTick(i * 20L);
            in.position(in.position() + 4);
        }
        assertThat(presses[0]).isLessThanOrEqualTo(packets);
    }
}
