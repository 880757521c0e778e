package io.trunkline.control.call;

import static io.trunkline.control.call.MachineDriver.ANSWERED;
import static io.trunkline.control.call.MachineDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What money and limits do to a call, at 0.60 a minute by the second and 0.05 for the connection. */
class CallMoneyTest {
    @Test
    void theEndSaysWhatTheCallCostsAndThenSettlesIt() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a")
                .answered()
                .later(Duration.ofSeconds(7));
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API)).closed();
        CallEvent ended = call.events.getLast();
        assertThat(ended.call().charge().billedSeconds()).isEqualTo(7);
        assertThat(ended.call().charge().cost()).isEqualByComparingTo("0.12");
        assertThat(call.actions(CallAction.Settle.class)).hasSize(1);
    }

    @Test
    void theMeterStartsOnceAtTheAnswer() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a").dialled();
        assertThat(call.actions(CallAction.StartMeter.class)).isEmpty();
        call.sip(ANSWERED).feed(MachineDriver.agreed(), MachineDriver.agreed());
        assertThat(call.actions(CallAction.StartMeter.class)).hasSize(1);
    }

    @Test
    void aCallThatNobodyAnsweredCostsNothingAndIsSettledToo() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a").dialled();
        call.sip(new SipEvent.Ended(MachineDriver.end(486, SipEnd.Reason.BUSY, false)))
                .closed();
        assertThat(call.events.getLast().call().charge().cost()).isZero();
        assertThat(call.actions(CallAction.Settle.class)).hasSize(1);
    }

    @Test
    void anAnswerWithoutUsableMediaCostsNothing() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a")
                .dialled()
                .sip(ANSWERED);
        call.feed(new CallInput.Negotiated(new Negotiation.Refused("no_common_codec", "")))
                .closed();
        assertThat(call.events.getLast().call().charge().billedSeconds()).isZero();
    }

    @Test
    void aBalanceThatRunsOutIsWarnedOfAndThenEndsTheCall() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a").answered();
        call.feed(new CallInput.BalanceLow(Money.parse("0.02", "USD"), 30));
        assertThat(call.events.getLast().type()).isEqualTo("balance.low");
        assertThat(call.events.getLast().data())
                .containsEntry("balance", "0.02")
                .containsEntry("currency", "USD")
                .containsEntry("seconds_left", 30L);
        call.feed(new CallInput.Hangup(CallInput.HangupBy.BALANCE)).closed();
        assertThat(call.state.call().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(call.events.getLast().data()).containsEntry("cause", "balance_exhausted");
    }

    @Test
    void aTrunkWithoutAFreeChannelIsPassedOver() {
        MachineDriver call =
                new MachineDriver(plan(NewCall.Program.SILENT), "trk_a", "trk_b").feed(new CallInput.Start());
        call.feed(new CallInput.TrunkFull());
        assertThat(call.actions(CallAction.OpenMedia.class))
                .extracting("trunkId")
                .containsExactly("trk_a", "trk_b");
        call.feed(new CallInput.TrunkFull(), new CallInput.Timer(CallTimer.ENDING));
        assertThat(call.events.getLast().data()).containsEntry("cause", "trunk_full");
    }

    @Test
    void aCallThatWaitedInVainIsCancelledWithoutAnInvite() {
        MachineDriver call = new MachineDriver(plan(NewCall.Program.SILENT), "trk_a");
        call.feed(new CallInput.Hangup(CallInput.HangupBy.QUEUE_TIMEOUT), new CallInput.Start());
        call.feed(new CallInput.Timer(CallTimer.ENDING));
        assertThat(call.types()).containsExactly("call.ended");
        assertThat(call.state.call().status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(call.actions(CallAction.OpenMedia.class)).isEmpty();
    }
}
