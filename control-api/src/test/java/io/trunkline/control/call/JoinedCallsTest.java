package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.Ids;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.WavSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several calls that hear each other, over real SIP and RTP: speech is a tone of 440 Hz here, anything played 1000 Hz. */
class JoinedCallsTest {
    private static final String HUMAN = "+15550100001";
    private static final String MENU = "+15550100007";
    private static final String BUSY = "+15550100003";

    @TempDir
    Path folder;

    private CallHouse house;

    @BeforeEach
    void start() {
        house = new CallHouse(folder);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void theCallerHearsRingbackThenTheOneWhoWasDialledAndTheScriptGoesOn() throws Exception {
        String leg = Ids.next("call");
        String call =
                house.place(HUMAN, recording(), dial(leg, MENU, List.of()), new Verb.Pause(Duration.ofMillis(100)));
        house.await(call, "bridge.started");
        house.await(call, "dial.started");
        house.awaitPackets(call, 150);
        house.calls.hangup(leg).toCompletableFuture().join();
        house.await(call, "dial.finished");
        house.await(call, "recording.completed");
        assertThat(house.types(call))
                .containsSubsequence("dial.started", "bridge.started", "bridge.ended", "dial.finished", "call.ended");
        WavSamples heard = wav();
        assertThat(loudest(heard, 1000)).as("ringback").isGreaterThan(-30);
        assertThat(loudest(heard, 440)).as("the menu's voice").isGreaterThan(-30);
    }

    @Test
    void aBusyLegIsAResultOfTheDial() throws Exception {
        String call = house.place(HUMAN, dial(Ids.next("call"), BUSY, List.of()));
        CallEvent finished = house.await(call, "dial.finished");
        assertThat(finished.data()).containsEntry("status", "busy").containsEntry("cause", "busy");
        assertThat(house.await(call, "call.ended").call().status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void theOneWhoIsDialledHearsTheWhisperBeforeTheTwoAreJoined() throws Exception {
        String leg = Ids.next("call");
        Verb whisper = new Verb.Say("play_w", "A call for you", Optional.empty(), Optional.empty(), 1, 1);
        String call = house.keep(HUMAN, dial(leg, HUMAN, List.of(whisper)));
        house.await(leg, "bridge.started");
        assertThat(house.types(leg)).containsSubsequence("call.answered", "playback.finished", "bridge.started");
        house.calls.hangup(call).toCompletableFuture().join();
        assertThat(house.await(leg, "call.ended").call().cause().orElseThrow().code())
                .isEqualTo("partner_gone");
    }

    @Test
    void hangingUpWhileTheLegRingsCancelsIt() throws Exception {
        String leg = Ids.next("call");
        String call = house.keep(HUMAN, dial(leg, "+15550100004", List.of()));
        house.await(leg, "call.ringing");
        house.calls.hangup(call).toCompletableFuture().join();
        assertThat(house.await(leg, "call.ended").call().status()).isEqualTo(CallStatus.CANCELLED);
    }

    @Test
    void callsThatAreUpAreBridgedAndPartAgain() throws Exception {
        String one = house.keep(HUMAN);
        String two = house.keep(HUMAN);
        house.await(one, "call.answered");
        house.await(two, "call.answered");
        house.command(one, new Verb.Bridge(two));
        house.await(one, "bridge.started");
        house.await(two, "bridge.started");
        house.calls.hangup(one).toCompletableFuture().join();
        house.await(two, "bridge.ended");
        assertThat(house.calls.live(two).orElseThrow().status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void aBridgeWithACallThatIsGoneIsRefused() throws Exception {
        String one = house.keep(HUMAN);
        house.await(one, "call.answered");
        house.command(one, new Verb.Bridge("call_gone"));
        assertThat(house.await(one, "bridge.failed").data()).containsEntry("call_id", "call_gone");
    }

    @Test
    void threeCallsMeetInARoomAndItsHostEndsIt() throws Exception {
        String host = house.keep(HUMAN);
        house.await(host, "call.answered");
        house.command(host, new Verb.Conference("team", false, true));
        house.await(host, "conference.joined");
        String listener = house.keep(HUMAN, new Verb.Conference("team", true, false));
        house.await(listener, "conference.joined");
        String speaker = house.keep(HUMAN, recording(), new Verb.Conference("team", false, false));
        assertThat(house.await(speaker, "conference.joined").data()).containsEntry("participants", 3);
        house.command(host, new Verb.Script(List.of(new Verb.Pause(Duration.ofSeconds(30)))));
        house.await(host, "conference.left");
        house.await(speaker, "conference.left");
        house.await(listener, "conference.left");
    }

    @Test
    void aTransferByANewLegHandsTheCallOver() throws Exception {
        String leg = Ids.next("call");
        String call = house.keep(HUMAN);
        house.await(call, "call.answered");
        house.command(call, new Verb.Transfer(leg, MENU, false));
        house.await(call, "transfer.completed");
        house.calls.hangup(leg).toCompletableFuture().join();
        assertThat(house.await(call, "call.ended").call().cause().orElseThrow().code())
                .isEqualTo("transferred");
    }

    private static Verb.Dial dial(String leg, String to, List<Verb> whisper) {
        Verb.Play ringback = new Verb.Play(Ids.next("play"), new Verb.AudioRef.Tone("ringback"), 0);
        return new Verb.Dial(
                leg,
                to,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Optional.of(ringback),
                whisper,
                List.of(),
                Optional.empty());
    }

    private static Verb recording() {
        return Verb.StartRecording.dual(Ids.next("rec"));
    }

    private WavSamples wav() throws IOException {
        try (var files = Files.walk(folder)) {
            return WavSamples.read(files.filter(file -> file.toString().endsWith(".wav"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** In what we sent, the loudest fifth of a second at this pitch. */
    private static double loudest(WavSamples wav, double hz) {
        short[] sent = wav.channel(1);
        int window = wav.sampleRate() / 5;
        double best = -100;
        for (int at = 0; at + window <= sent.length; at += window) {
            best = Math.max(best, Goertzel.levelDb(sent, at, window, hz, wav.sampleRate()));
        }
        return best;
    }
}
