package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Sipp;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A stack of ours among SIPp's, one scenario file a behaviour. */
abstract class SippPeers {
    final Switchboard ours = new Switchboard("interop");
    final CallLog log = new CallLog();

    @AfterEach
    void nothingIsLeft() {
        try {
            Await.until("gone: " + ours.stack.stats(), () -> ours.stack.stats().dialogs() == 0);
        } finally {
            ours.close();
        }
    }

    SipCall dial(Sipp carrier) {
        return dial(carrier, UnaryOperator.identity());
    }

    SipCall dial(Sipp carrier, UnaryOperator<TrunkChange> habits) {
        TrunkChange trunk =
                TrunkChange.of(Trunk.peer("t", Switchboard.udp(carrier.port))).auth("trunk", "secret");
        ours.trunks(habits.apply(trunk).trunk());
        return ours.call("t", "+15550100001", log);
    }

    /** A call out that is up; SIPp's scenario says what comes next. */
    SipCall answered(Sipp carrier, UnaryOperator<TrunkChange> habits) {
        SipCall call = dial(carrier, habits);
        log.await(SipEvent.Answered.class);
        return call;
    }

    SipCall answered(Sipp carrier) {
        return answered(carrier, UnaryOperator.identity());
    }

    void hangUpWhenAnswered(Sipp carrier) {
        SipCall call = dial(carrier);
        log.await(SipEvent.Answered.class);
        call.hangup(Reason.HANGUP_LOCAL);
        carrier.succeeds();
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
    }

    SipEnd refusedBy(String scenario) {
        try (Sipp carrier = Sipp.callee(scenario, 1)) {
            dial(carrier);
            SipEnd end = log.awaitEnd();
            carrier.succeeds();
            return end;
        }
    }

    Switchboard.Inbound callIn(Sipp caller) {
        ours.trunks(Trunk.peer("t", Switchboard.udp(caller.port)));
        return ours.answerable();
    }

    void hangsUpAfter(String scenario) {
        try (Sipp carrier = Sipp.callee(scenario, 1)) {
            dial(carrier);
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            carrier.succeeds();
        }
    }

    /** A call in that is up. */
    Switchboard.Inbound taken(Sipp caller) {
        Switchboard.Inbound in = callIn(caller);
        in.call().answer(Sdps.offer(40000));
        in.log().await(SipEvent.Confirmed.class);
        return in;
    }

    CallLog answeredCaller(String scenario) {
        try (Sipp caller = Sipp.caller(scenario, 1, ours.port)) {
            Switchboard.Inbound in = callIn(caller);
            in.call().answer(Sdps.offer(40000));
            caller.succeeds();
            assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
            return in.log();
        }
    }
}
