package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.AudioFeed;
import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.DtmfMethod;
import io.trunkline.media.FeedListener;
import io.trunkline.media.FeedSpec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.TapSpec;
import io.trunkline.media.play.Prompt;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.Packets;
import io.trunkline.media.testing.RtpPeer;
import io.trunkline.media.testing.ToneSource;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leg on a loop moved by hand, its peer on a real socket. */
class LegTest {
    private static final short[] TONE = new ToneSource(1000, -10, 10_000, 8000, false).samples();

    @TempDir
    Path recordings;

    private SteppedLeg stepped;
    private final EventLog events = new EventLog();
    private final RtpPeer peer = RtpPeer.onLoopback();

    @BeforeEach
    void open() {
        stepped = new SteppedLeg(recordings);
    }

    @AfterEach
    void close() {
        stepped.close();
        peer.close();
    }

    @Test
    void silenceFlowsFromTheMomentTheRemoteAddressIsKnown() {
        stepped.callTo(peer, events);
        stepped.step(400);
        peer.receive(100);

        assertThat(peer.arrived()).hasSizeBetween(19, 21);
        assertThat(Goertzel.totalDb(peer.heard(), 0, peer.heard().length)).isLessThan(-60);
    }

    @Test
    void packetsFollowOneAnotherInSequenceAndTime() {
        stepped.callTo(peer, events);
        stepped.step(400);
        peer.receive(100);

        List<RtpPeer.Arrived> packets = peer.arrived();
        assertThat(packets.getFirst().marker()).isTrue();
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).sequence()).isEqualTo((packets.get(i - 1).sequence() + 1) & 0xffff);
            assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp())
                    .isEqualTo(160);
            assertThat(packets.get(i).marker()).isFalse();
        }
    }

    @Test
    void aStallLeavesAGapInTimeAndNeverABurst() {
        stepped.callTo(peer, events);
        stepped.step(100);
        peer.receive(100);
        peer.forget();
        stepped.clock.advanceMillis(500);
        stepped.loop.step();
        peer.receive(100);
        assertThat(peer.arrived()).hasSize(1);
        stepped.step(40);
        peer.receive(100);

        assertThat(peer.arrived()).hasSize(3);
        assertThat(peer.arrived().getFirst().marker()).isTrue();
        assertThat(stepped.loop.stats()).isNotNull();
    }

    @Test
    void timeoutIsSaidOnceAndAgainAfterMediaCameBack() {
        stepped.callTo(peer, events);
        stepped.step(31_000);
        assertThat(events.of(MediaEvent.MediaTimeout.class)).hasSize(1);
        assertThat(events.of(MediaEvent.MediaTimeout.class).getFirst().silentFor())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        stepped.step(31_000);
        assertThat(events.of(MediaEvent.MediaTimeout.class)).hasSize(1);
        peer.sendAudio(TONE, 0, 160);
        stepped.step(31_000);
        assertThat(events.of(MediaEvent.MediaTimeout.class)).hasSize(2);
    }

    @Test
    void aTapHearsThePeersTone() {
        LegSession session = stepped.callTo(peer, events);
        Ear ear = new Ear();
        session.addTap("t", new TapSpec(true, false, 8000), ear);
        for (int i = 0; i < 50; i++) {
            peer.sendAudio(TONE, i * 160, 160);
            stepped.turn();
        }

        assertThat(Goertzel.levelDb(ear.lastSecondHalf(), 1000, 8000)).isCloseTo(-10, within(0.5));
        assertThat(events.of(MediaEvent.MediaConnected.class))
                .containsExactly(new MediaEvent.MediaConnected("127.0.0.1:" + peer.port()));
    }

    @Test
    void strangersGarbageAndTheirSsrcReachNobodyAndEndNothing() {
        LegSession session = stepped.callTo(peer, events);
        Ear ear = new Ear();
        session.addTap("t", new TapSpec(true, false, 8000), ear);
        Random random = new Random(1);
        short[] noise = new ToneSource(2500, -3, 10_000, 8000, false).samples();
        try (RtpPeer stranger = new RtpPeer(loopback2(), peer.ssrc())) {
            stranger.towards(peer.remote());
            for (int i = 0; i < 50; i++) {
                peer.sendAudio(TONE, i * 160, 160);
                for (int k = 0; k < 20; k++) {
                    byte[] garbage = new byte[random.nextInt(1, 300)];
                    random.nextBytes(garbage);
                    stranger.send(ByteBuffer.wrap(garbage));
                    stranger.sendAudio(noise, i * 160, 160);
                    stranger.send(bye(peer.ssrc()));
                }
                stepped.turn();
            }
            stepped.turn();
        }

        assertThat(Goertzel.levelDb(ear.lastSecondHalf(), 1000, 8000)).isCloseTo(-10, within(0.5));
        assertThat(Goertzel.levelDb(ear.lastSecondHalf(), 2500, 8000)).isLessThan(-50);
        stepped.step(1000);
        assertThat(session.stats().packetsIn()).isEqualTo(50);
        assertThat(session.stats().packetsStray()).isGreaterThan(1000);
        assertThat(events.of(MediaEvent.MediaClosed.class)).isEmpty();
    }

    @Test
    void packetsThatOvertakeTheAnswerAreNoStrangers() {
        LegSession session = stepped.open(events);
        peer.towards(session.createOffer());
        peer.sendAudio(TONE, 0, 160);
        stepped.step(100);
        session.acceptAnswer(peer.sdp());
        peer.sendAudio(TONE, 160, 160);
        stepped.step(1100);

        assertThat(session.stats().packetsStray()).isZero();
        assertThat(session.stats().packetsIn()).isEqualTo(1);
    }

    @Test
    void aFloodOfTwentyThousandAStrangersPacketsASecondLetsThePeerThrough() {
        LegSession session = stepped.callTo(peer, events);
        try (RtpPeer stranger = new RtpPeer(loopback2(), peer.ssrc())) {
            stranger.towards(peer.remote());
            for (int i = 0; i < 100; i++) {
                for (int k = 0; k < 200; k++) {
                    stranger.sendAudio(TONE, 0, 160);
                }
                peer.sendAudio(TONE, i * 160, 160);
                for (int k = 0; k < 200; k++) {
                    stranger.sendAudio(TONE, 0, 160);
                }
                stepped.turn();
            }
        }
        stepped.step(1000);
        assertThat(session.stats().packetsIn()).isGreaterThanOrEqualTo(95);
        assertThat(events.of(MediaEvent.MediaClosed.class)).isEmpty();
    }

    private static InetAddress loopback2() {
        return InetAddress.ofLiteral("127.0.0.2");
    }

    private static ByteBuffer bye(int ssrc) {
        return ByteBuffer.allocate(8)
                .put((byte) 0x81)
                .put((byte) 203)
                .putShort((short) 1)
                .putInt(ssrc)
                .flip();
    }

    @Test
    void anotherPortOfThePeersAddressLatchesAtTheStartAndNotLater() {
        LegSession session = stepped.callTo(peer, events);
        try (RtpPeer sibling = RtpPeer.onLoopback()) {
            sibling.towards(peer.remote());
            sibling.sendAudio(TONE, 0, 160);
            stepped.step(500);
            sibling.sendAudio(TONE, 160, 160);
            stepped.step(500);
            sibling.receive(50);
            assertThat(sibling.arrived()).isNotEmpty();
            stepped.step(1500);
            sibling.sendAudio(TONE, 320, 160);
            stepped.turn();
            try (RtpPeer late = RtpPeer.onLoopback()) {
                late.towards(peer.remote());
                late.sendAudio(TONE, 0, 160);
                stepped.step(1100);
                late.receive(50);
                assertThat(late.arrived()).isEmpty();
                assertThat(session.stats().packetsIn()).isEqualTo(3);
            }
        }
    }

    @Test
    void eachDigitOfThePeerIsReportedOnce() {
        stepped.callTo(peer, events);
        pressed(5, peer.timestamp(), true);
        assertThat(events.of(MediaEvent.DigitReceived.class))
                .containsExactly(new MediaEvent.DigitReceived('5', 100, DtmfMethod.RFC4733));
    }

    private void pressed(int event, int timestamp, boolean end) {
        for (int i = 1; i <= 7; i++) {
            int duration = Math.min(i, 5) * 160;
            byte[] payload = {
                (byte) event, (byte) (i >= 5 && end ? 0x8a : 0x0a), (byte) (duration >> 8), (byte) duration
            };
            peer.send(Packets.rtp(i == 1, RtpPeer.TELEPHONE_EVENT, peer.sequence(), timestamp, peer.ssrc(), payload));
            peer.skip(160);
            stepped.turn();
        }
    }

    @Test
    void digitsGoOutAsTelephoneEvents() {
        LegSession session = stepped.callTo(peer, events);
        session.sendDigits("1#");
        stepped.step(700);
        peer.receive(100);

        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < peer.arrived().size(); i++) {
            if (peer.arrived().get(i).type() == RtpPeer.TELEPHONE_EVENT) {
                int event = peer.payloads().get(i)[0];
                if (seen.isEmpty() || seen.getLast() != event) {
                    seen.add(event);
                }
            }
        }
        assertThat(seen).containsExactly(1, 11);
    }

    @Test
    void onHoldNothingIsSentAndNoTimeoutIsReported() {
        LegSession session = stepped.open(events);
        Negotiation answer = session.answerOffer(peer.sdp("inactive"));
        assertThat(answer).isInstanceOf(Negotiation.Agreed.class);
        assertThat(((Negotiation.Agreed) answer).remoteDirection()).isEqualTo(Direction.INACTIVE);
        stepped.step(40_000);
        peer.receive(50);

        assertThat(peer.arrived()).isEmpty();
        assertThat(events.of(MediaEvent.MediaTimeout.class)).isEmpty();
    }

    @Test
    void closingGivesThePortBackAfterItsRest() {
        LegSession session = stepped.callTo(peer, events);
        assertThat(stepped.ports.inUse()).isEqualTo(1);
        session.close();
        stepped.turn();

        assertThat(events.of(MediaEvent.MediaClosed.class)).hasSize(1);
        assertThat(stepped.ports.inUse()).isZero();
        int free = stepped.ports.free();
        stepped.clock.advanceMillis(7000);
        assertThat(stepped.ports.free()).isGreaterThan(free);
    }

    @Test
    void sameCodecLegsRelayEachOthersPacketsAtOnce() {
        EventLog otherEvents = new EventLog();
        try (RtpPeer other = new RtpPeer(SteppedLeg.LOOPBACK, 0x5151)) {
            LegSession one = stepped.callTo(peer, events);
            LegSession two = stepped.callTo(other, otherEvents);
            one.bridge(two);
            stepped.step(100);
            other.receive(20);
            other.forget();
            for (int i = 0; i < 50; i++) {
                peer.sendAudio(TONE, i * 160, 160);
                stepped.step(2);
                assertThat(other.receive(20)).isEqualTo(1);
                stepped.step(18);
            }
            assertThat(Goertzel.levelDb(other.heard(), 1000, 8000)).isCloseTo(-10, within(0.3));
            assertThat(other.arrived().stream().map(RtpPeer.Arrived::ssrc).distinct())
                    .hasSize(1)
                    .doesNotContain(peer.ssrc());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "G722"})
    void legsOfDifferentCodecsAndRatesAreTranscoded(Codec codec) {
        ToneSource tone = new ToneSource(700, -10, 10_000, 8000, true);
        Prompt prompt = stepped.prompts.find(tone).orElseThrow();
        prompt.prepare(codec);
        stepped.turnUntil(() -> prompt.isPrepared(codec)); // time moved by hand is faster than packets are made
        EventLog farEvents = new EventLog();
        LegSession caller = stepped.callTo(peer, events);
        LegSession narrow = stepped.open(new EventLog(), codec);
        LegSession far = stepped.open(farEvents, codec);
        Negotiation.Agreed answer = (Negotiation.Agreed) far.answerOffer(narrow.createOffer());
        narrow.acceptAnswer(answer.localSdp());
        Ear ear = new Ear();
        far.addTap("t", new TapSpec(true, false, 8000), ear);
        caller.bridge(narrow);
        far.play(Playback.once("p", tone));
        stepped.turnUntil(() -> !farEvents.of(MediaEvent.PlaybackStarted.class).isEmpty());
        for (int i = 0; i < 100; i++) {
            peer.sendAudio(TONE, i * 160, 160);
            stepped.turn();
        }
        peer.receive(50);

        assertThat(Goertzel.levelDb(ear.lastSecondHalf(), 1000, 8000)).isCloseTo(-10, within(0.7));
        short[] heard = peer.heard();
        assertThat(Goertzel.levelDb(heard, heard.length - 8000, 8000, 700, 8000))
                .isCloseTo(-10, within(0.7));
    }

    @Test
    void aLegThatThrowsCostsOneCall() {
        EventLog otherEvents = new EventLog();
        try (RtpPeer other = RtpPeer.onLoopback()) {
            LegSession broken = stepped.callTo(peer, events);
            stepped.callTo(other, otherEvents);
            broken.addTap("t", new TapSpec(true, true, 8000), (inbound, samples, length, ms) -> {
                throw new IllegalStateException("a tap gone wrong");
            });
            stepped.step(100);
            other.receive(50);
            other.forget();
            stepped.step(200);
            other.receive(50);

            assertThat(events.of(MediaEvent.MediaFailed.class)).hasSize(1);
            assertThat(events.of(MediaEvent.MediaClosed.class)).hasSize(1);
            assertThat(otherEvents.of(MediaEvent.MediaFailed.class)).isEmpty();
            assertThat(other.arrived()).hasSize(10);
        }
    }

    @Test
    void fivePercentLossAndSixtyMillisecondsOfJitterDoNotBreakTheTone() {
        LegSession session = stepped.callTo(peer, events);
        Ear ear = new Ear();
        session.addTap("t", new TapSpec(true, false, 8000), ear);
        Network network = new Network(new Random(5), 0.05, 60);
        for (int millis = 0; millis < 10_000; millis++) {
            if (millis % 20 == 0) {
                network.take(peer, TONE, millis * 8 % 72_000);
            }
            network.deliver(peer, millis);
            stepped.step(1);
        }

        short[] heard = ear.last(8 * 5000);
        assertThat(Goertzel.totalDb(heard, 0, heard.length)).isCloseTo(-10, within(1.0));
        assertThat(longestGapMillis(heard)).isLessThanOrEqualTo(60);
        assertThat(meanLevel(heard, 1000)).isCloseTo(-10, within(1.5));
    }

    private static double meanLevel(short[] heard, double hz) {
        double sum = 0;
        int parts = 0;
        for (int at = 0; at + 400 <= heard.length; at += 400) {
            sum += Goertzel.levelDb(heard, at, 400, hz, 8000);
            parts++;
        }
        return sum / parts;
    }

    private static int longestGapMillis(short[] heard) {
        int longest = 0;
        int gap = 0;
        for (int at = 0; at + 40 <= heard.length; at += 40) {
            gap = Goertzel.totalDb(heard, at, 40) < -30 ? gap + 5 : 0;
            longest = Math.max(longest, gap);
        }
        return longest;
    }

    @Test
    void liveSoundIsHeardByThePeerAfterWhatIsPlayedAndAMarkFollowsIt() {
        LegSession session = stepped.callTo(peer, events);
        List<String> marks = new ArrayList<>();
        AudioFeed feed = session.openFeed(new FeedSpec(24_000, Duration.ofMinutes(1)), new FeedListener() {
            @Override
            public void onMark(String name, boolean played, long playedMs) {
                marks.add(name + " " + played + " " + playedMs);
            }

            @Override
            public void onCleared(long reachedMs, long playedMs, long droppedMs) {
                marks.add("cleared");
            }

            @Override
            public void onDrained(long playedMs) {
                // seen by the mark
            }
        });
        feed.offer(new ToneSource(700, -10, 1000, 24_000, false).samples(), 0, 24_000);
        feed.mark("said");
        peer.forget();
        stepped.step(1040);
        peer.receive(200);

        assertThat(Goertzel.levelDb(Arrays.copyOf(peer.heard(), 7800), 700, 8000))
                .isCloseTo(-10, within(1.0));
        assertThat(marks).containsExactly("said true 1000");

        feed.offer(new ToneSource(700, -10, 1000, 24_000, false).samples(), 0, 24_000);
        feed.close();
        peer.forget();
        stepped.step(200);
        peer.receive(100);
        assertThat(Goertzel.totalDb(peer.heard(), 800, 640)).isLessThan(-60);
    }
}
