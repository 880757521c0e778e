package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.LegStats;
import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.TraceEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final String INVITE = "INVITE sip:+1@carrier SIP/2.0\r\n\r\nv=0\r\nc=IN IP4 10.0.0.5\r\n";

    @Test
    void findsNothingWrongWithAGoodCall() {
        assertThat(codes(answered(new LegStats(500, 500, 0, 0, 0, 0, 1, 20, 4.3)), List.of()))
                .containsExactly("healthy");
    }

    @Test
    void namesThePrivateAddressThatTheCarrierCannotReach() {
        List<TraceEntry> trace = List.of(
                entry(true, "203.0.113.9:5060", INVITE), entry(false, "203.0.113.9:5060", "SIP/2.0 200 OK\r\n"));
        List<Diagnosis.Finding> found =
                Diagnosis.of(answered(new LegStats(0, 500, 0, 0, 0, 0, 0, -1, -1)), List.of(), trace);
        assertThat(found).extracting(Diagnosis.Finding::code).containsExactly("no_audio_from_callee");
        assertThat(found.getFirst().text()).contains("10.0.0.5").contains("TRUNKLINE_PUBLIC_ADDRESS");
    }

    @Test
    void saysLossJitterDelayAndStrangers() {
        assertThat(codes(answered(new LegStats(400, 500, 7, 0, 0.2, 0.05, 80, 400, 2.1)), List.of()))
                .containsExactly("loss_in", "loss_out", "jitter", "delay", "stray_packets", "poor_quality");
    }

    @Test
    void saysThatACarrierNeverAnswered() {
        CallSnapshot call = failed(MachineDriver.end(0, SipEnd.Reason.TRUNK_UNREACHABLE, false));
        assertThat(codes(call, List.of(entry(true, "203.0.113.9:5060", INVITE))))
                .containsExactly("trunk_unreachable", "carrier_silent");
    }

    @Test
    void saysThatCredentialsWereRefusedTwice() {
        CallSnapshot call = failed(MachineDriver.end(407, SipEnd.Reason.AUTH_FAILED, false));
        TraceEntry challenge = entry(false, "203.0.113.9:5060", "SIP/2.0 407 Proxy Authentication Required\r\n");
        assertThat(codes(call, List.of(challenge, challenge))).containsExactly("auth_failed", "credentials_refused");
    }

    private static List<String> codes(CallSnapshot call, List<TraceEntry> trace) {
        return Diagnosis.of(call, List.of(), trace).stream()
                .map(Diagnosis.Finding::code)
                .toList();
    }

    private static CallSnapshot answered(LegStats stats) {
        MachineDriver call = new MachineDriver(MachineDriver.plan(), "trk_a").answered();
        call.feed(new CallInput.Hangup(CallInput.HangupBy.API));
        return call.state.call().withQuality(stats);
    }

    private static CallSnapshot failed(SipEnd end) {
        MachineDriver call = new MachineDriver(MachineDriver.plan(), "trk_a").dialled();
        return call.sip(new SipEvent.Ended(end)).state.call();
    }

    private static TraceEntry entry(boolean sent, String remote, String message) {
        return new TraceEntry(Instant.EPOCH, sent, "UDP", "10.0.0.5:5060", remote, message);
    }
}
