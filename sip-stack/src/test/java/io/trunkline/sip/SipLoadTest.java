package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many calls a second through a SIPp carrier: none fails and nothing is left. */
@Tag("full")
class SipLoadTest {
    private static final int PER_SECOND = Integer.getInteger("sip.load.cps", 200);
    private static final int SECONDS = Integer.getInteger("sip.load.seconds", 60);

    private final LongAdder answered = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private void onEvent(SipCall call, SipEvent event) {
        if (event instanceof SipEvent.Answered) {
            answered.increment();
            call.hangup(Reason.HANGUP_LOCAL);
        } else if (event instanceof SipEvent.Ended(SipEnd end)) {
            ended.increment();
            if (end.reason() != Reason.HANGUP_LOCAL) {
                failed.increment();
            }
        }
    }

    @Test
    void completesEveryCallAtTwoHundredASecondAndLeavesNothing() {
        int calls = PER_SECOND * SECONDS;
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (Switchboard ours = new Switchboard("load");
                Sipp carrier = Sipp.callee("callee-answers", calls)) {
            ours.trunks(Trunk.peer("t", Switchboard.udp(carrier.port)));
            long cpu = system.getProcessCpuTime();
            place(ours, calls);
            Await.until("all ended", Duration.ofSeconds(60), () -> ended.sum() == calls);
            double cpuMs = (system.getProcessCpuTime() - cpu) / 1e6 / calls;
            // a BYE whose 200 the kernel dropped is given up after 32 s (Timer F): SIPp is gone by then
            Await.until(
                    "dialogs gone",
                    Duration.ofSeconds(40),
                    () -> ours.stack.stats().dialogs() == 0);
            assertThat(ours.stack.stats().timers()).isZero();
            assertThat(failed.sum()).isZero();
            assertThat(answered.sum()).isEqualTo(calls);
            Await.until(
                    "transactions gone",
                    Duration.ofSeconds(45),
                    () -> ours.stack.stats().transactions() == 0);
            System.out.printf(
                    "%d calls at %d/s, 0 failed, %.2f ms CPU a call, left: %s%n",
                    calls, PER_SECOND, cpuMs, ours.stack.stats());
            carrier.succeeds();
        }
    }

    /** At absolute times, so that a late call does not push those after it; ten seconds of warming up come first. */
    private void place(Switchboard ours, int calls) {
        long step = 1_000_000_000L / PER_SECOND;
        long at = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            boolean cold = i < PER_SECOND * 2;
            at += cold ? step * 5 : step;
            LockSupport.parkNanos(at - System.nanoTime());
            ours.stack.invite(Switchboard.request("t", "+15550100001"), this::onEvent);
        }
    }
}
