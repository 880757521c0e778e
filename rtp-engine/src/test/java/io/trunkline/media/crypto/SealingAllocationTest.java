package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No suite makes garbage for a packet that is sealed and opened. */
class SealingAllocationTest {
    private static final int LENGTH = 172;
    private static final int PACKETS = 20_000;

    private final byte[] packet = new byte[LENGTH + 32];

    @ParameterizedTest
    @EnumSource
    void aPacketSealedAndOpenedAllocatesNothing(SrtpSuite suite) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MasterKey key = MasterKey.random(suite, new SecureRandom());
        SrtpContext out = new SrtpContext(key);
        SrtpContext in = new SrtpContext(key);
        pass(out, in, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        pass(out, in, PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(in.opened()).isEqualTo(2L * PACKETS);
        assertThat((double) allocated / PACKETS).as("bytes a packet").isLessThan(1);
    }

    private void pass(SrtpContext out, SrtpContext in, int first) {
        for (int number = first; number < first + PACKETS; number++) {
            packet[0] = (byte) 0x80;
            packet[2] = (byte) (number >> 8);
            packet[3] = (byte) number;
            in.open(packet, out.seal(packet, LENGTH));
        }
    }
}
