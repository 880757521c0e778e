package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two stacks of ours that want different things at the same time, and what they settle on. */
class TwoStacksAgreeTest {
    private Switchboard ours;
    private Switchboard carrier;
    private final CallLog log = new CallLog();

    @BeforeEach
    void start() {
        ours = new Switchboard("agree-a");
        carrier = new Switchboard("agree-b");
        ours.trunks(Trunk.peer("t", Switchboard.udp(carrier.port)));
        carrier.trunks(Trunk.peer("t", Switchboard.udp(ours.port)));
    }

    @AfterEach
    void stop() {
        carrier.close();
        ours.close();
    }

    private static boolean traced(SipCall call, String words) {
        return call.trace().stream().anyMatch(entry -> entry.message().startsWith(words));
    }

    @Test
    void settlesGlareWithBothOffersMadeInTurn() {
        SipCall call = ours.call("t", "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().answer(Sdps.offer(50000));
        log.await(SipEvent.Answered.class);
        in.log().await(SipEvent.Confirmed.class);
        for (int round = 1; round <= 5 && !glared(call, in.call()); round++) {
            bothOffer(call, in, 1000 * round);
        }
        assertThat(traced(call, "SIP/2.0 491")).as("they met").isTrue();
        assertThat(log.all(SipEvent.ReofferFailed.class)).isEmpty();
        assertThat(in.log().all(SipEvent.ReofferFailed.class)).isEmpty();
        call.hangup(Reason.HANGUP_LOCAL);
        assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        for (Switchboard side : List.of(ours, carrier)) {
            Await.until(
                    "nothing is left: " + side.stack.stats(),
                    () -> side.stack.stats().dialogs() == 0
                            && side.stack.stats().timers() == 0);
        }
    }

    private static boolean glared(SipCall one, SipCall other) {
        return traced(one, "SIP/2.0 491") && traced(other, "SIP/2.0 491");
    }

    /** Each side hears the other's offer, answers it, and gets the answer to its own. */
    private void bothOffer(SipCall call, Switchboard.Inbound in, int port) {
        call.reinvite(Sdps.offer(40000 + port));
        in.call().reinvite(Sdps.offer(50000 + port));
        Thread there = Thread.ofVirtual().start(() -> settle(in.call(), in.log(), 50000 + port, 40000 + port));
        settle(call, log, 40000 + port, 50000 + port);
        try {
            there.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        String last = "m=audio " + (40000 + port);
        assertThat(in.log().all(SipEvent.Offered.class).getLast().sdp()).contains(last);
    }

    private static void settle(SipCall call, CallLog log, int own, int others) {
        int before = log.all(SipEvent.Reanswered.class).size();
        assertThat(log.await(SipEvent.Offered.class).sdp()).contains("m=audio " + others);
        call.answer(Sdps.offer(own + 2)); // not what it offered itself: that would be a refresh
        Await.until(
                "the answer to our own",
                Duration.ofSeconds(8),
                () -> log.all(SipEvent.Reanswered.class).size() > before);
        assertThat(log.all(SipEvent.Reanswered.class).getLast().sdp()).contains("m=audio " + (others + 2));
    }

    @Test
    void settlesOnTheLongerSessionIntervalOfTheOneThatIsCalled() {
        ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(carrier.port)))
                .sessionTimer(true, Duration.ofSeconds(100), Duration.ofSeconds(90))
                .trunk());
        carrier.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(ours.port)))
                .sessionTimer(true, Duration.ofMinutes(30), Duration.ofMinutes(5))
                .trunk());
        SipCall call = ours.call("t", "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        assertThat(in.invite().headers()).containsEntry("session-expires", "300");
        in.call().answer(Sdps.offer(50000));
        assertThat(log.await(SipEvent.Answered.class).headers().get("session-expires"))
                .startsWith("300");
        assertThat(call.trace())
                .anySatisfy(entry ->
                        assertThat(entry.message()).startsWith("SIP/2.0 422 ").contains("Min-SE: 300"));
        assertThat(carrier.stack.stats().dialogs())
                .as("the refused one cost none")
                .isEqualTo(1);
        call.hangup(Reason.HANGUP_LOCAL);
        in.log().awaitEnd();
    }
}
