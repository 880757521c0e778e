package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Ids;
import io.trunkline.sip.Trunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call from CallService to the sandbox and back: real SIP and RTP on loopback; only storage is left out. */
class CallPathTest {
    @TempDir
    Path folder;

    private CallHouse house;

    @BeforeEach
    void start() throws IOException {
        house = new CallHouse(folder, List.of(refusing()));
    }

    /** A trunk over TCP where nobody listens. */
    private static Trunk refusing() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Trunk.peer("dead", new Trunk.Host("127.0.0.1", closed.getLocalPort(), Trunk.Transport.TCP, 1, 1));
        }
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void aHumanIsRungSpokenToAndHungUp() throws Exception {
        Verb.StartRecording record = Verb.StartRecording.dual(Ids.next("rec"));
        String call = house.place("+15550100001", record, new Verb.Play("play_1", new Verb.AudioRef.Tone("beep"), 1));
        house.await(call, "recording.completed");
        assertThat(house.types(call))
                .containsExactly(
                        "call.created",
                        "call.dialing",
                        "call.ringing",
                        "call.answered",
                        "recording.started",
                        "playback.started",
                        "playback.finished",
                        "call.ended",
                        "recording.completed");
    }

    @Test
    void aBusyNumberIsBusy() throws Exception {
        String call = house.place("+15550100003");
        house.await(call, "call.ended");
        assertThat(house.types(call)).containsExactly("call.created", "call.dialing", "call.ended");
    }

    @Test
    void whoWaitsForDialingIsAnsweredWhenTheInviteIsOnTheWire() {
        CallSnapshot call = house.calls
                .place(waiting("+15550100001", Optional.empty()))
                .toCompletableFuture()
                .join()
                .call();
        assertThat(call.times().dialingAt()).isPresent();
    }

    @Test
    void whoWaitsForDialingHearsThatTheCallCouldNotBeSent() throws Exception {
        NewCall plan = waiting("+15550100001", Optional.of("dead"));
        assertThatThrownBy(() -> house.calls.place(plan).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(CallRefused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(502);
                    assertThat(refused.code()).isEqualTo("originate_failed");
                    assertThat(refused).hasMessageContaining(plan.callId());
                });
        assertThat(house.await(plan.callId(), "call.ended").call().status().ended())
                .isTrue();
    }

    private static NewCall waiting(String to, Optional<String> trunk) {
        NewCall plain = MachineDriver.plan(Ids.next("call"), to, new NewCall.Program(List.of(), true));
        return new NewCall(
                plain.callId(),
                plain.owner(),
                to,
                plain.from(),
                plain.line(),
                trunk,
                plain.program(),
                plain.record(),
                plain.amd(),
                plain.ring(),
                plain.ringTimeout(),
                plain.maxDuration(),
                plain.mayQueue(),
                true,
                plain.callback(),
                plain.sendDigits(),
                plain.headers(),
                plain.callerName(),
                false,
                plain.maxPricePerMinute(),
                plain.tag(),
                plain.metadata(),
                Optional.empty());
    }
}
