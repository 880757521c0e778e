package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.trunkline.media.Codec;
import io.trunkline.media.LegStats;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.ToneSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legs that play, hear and record make no garbage for their packets. */
class AllocationTest {
    private static final int TURNS = 3000;

    @TempDir
    Path recordings;

    /** Faster than real time, but not so fast that the recording writer, whose time is real, falls behind. */
    private static void pass(SteppedLeg stepped) {
        for (int i = 0; i < TURNS; i++) {
            stepped.turn();
            LockSupport.parkNanos(100_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "SDES"})
    void aPacketInAndOutAllocatesNothing(SrtpPolicy policy) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (SteppedLeg stepped = new SteppedLeg(recordings)) {
            LegSession caller = stepped.open(new EventLog(), policy, Codec.PCMA);
            LegSession callee = stepped.open(new EventLog(), policy, Codec.PCMA);
            Negotiation.Agreed answer = (Negotiation.Agreed) callee.answerOffer(caller.createOffer());
            caller.acceptAnswer(answer.localSdp());
            Playback forever = new Playback("p", ToneSource.shared(700, 1000), 0, 0, false);
            caller.play(forever);
            callee.play(forever);
            callee.record(RecordSpec.dual("r1"));
            pass(stepped);
            LegStats before = callee.stats();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            pass(stepped);
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            long packets = callee.stats().packetsIn() - before.packetsIn();

            assertThat(packets).isGreaterThan(TURNS - 100);
            // Once a second each leg publishes its statistics, every five it reports: bytes a second, not a packet.
            assertThat((double) allocated / (4.0 * packets)).isLessThan(8);
        }
    }
}
