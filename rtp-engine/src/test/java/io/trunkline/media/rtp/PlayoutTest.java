package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.sdp.MediaPlan;
import io.trunkline.media.sdp.MediaSecurity;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.Packets;
import io.trunkline.media.testing.ToneSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets at chosen moments in, frames every 20 ms out. */
class PlayoutTest {
    private static final short[] TONE = new ToneSource(440, -10, 120_000, 8000, false).samples();
    private static final int PCMA = 8;

    private final RtpReceiver receiver = new RtpReceiver();
    private final Workspace workspace = new Workspace();
    private final RtpPacket packet = new RtpPacket();
    private final Playout playout = new Playout(new Decoders(plan(), 8000, workspace), 8000, workspace);
    private final short[] heard = new short[8 * 120_000];
    private int count;
    private int sequence = 65_530;
    private int timestamp = -8000;
    private long nowMicros = 1_000_000;

    private static MediaPlan plan() {
        return new MediaPlan(
                Codec.PCMA,
                CodecParams.of(PCMA, 20),
                CodecParams.of(PCMA, 20),
                Map.of(PCMA, Codec.PCMA, 0, Codec.PCMU),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Direction.SENDRECV,
                Direction.SENDRECV,
                new MediaSecurity.Remote("RTP/AVP", List.of()));
    }

    private void arrive(int fromSample, int samples) {
        arrive(PCMA, sequence, timestamp, Packets.alaw(TONE, fromSample, samples));
        sequence = (sequence + 1) & 0xffff;
        timestamp += samples;
    }

    private void arrive(int type, int atSequence, int atTimestamp, byte[] payload) {
        ByteBuffer datagram = Packets.rtp(false, type, atSequence, atTimestamp, 1, payload);
        packet.parse(datagram);
        long extended = receiver.onPacket(packet, nowMicros * 1000, 8000);
        playout.onAudio(packet, extended, receiver.epoch(), datagram, nowMicros * 1000);
    }

    private void pull() {
        short[] frame = new short[160];
        playout.pull(frame, 160, nowMicros * 1000);
        System.arraycopy(frame, 0, heard, count, 160);
        count += 160;
        nowMicros += 20_000;
    }

    private short[] last(int millis) {
        return Arrays.copyOfRange(heard, count - 8 * millis, count);
    }

    private void assertToneHolds(short[] part) {
        assertThat(Goertzel.strongestHz(part, 400, 480, 1, 8000)).isCloseTo(440, within(2.0));
        assertThat(Goertzel.totalDb(part, 0, part.length)).isCloseTo(-10, within(0.5));
    }

    @Test
    void aPunctualStreamPassesWithLittleDelayAcrossAllWraps() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertToneHolds(last(1000));
        assertThat(playout.wantedDelayMicros()).isEqualTo(20_000);
        assertThat(playout.concealedMs()).isZero();
        assertThat(playout.late()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 40, 60})
    void packetsOfAnyLengthAreHeardWhole(int packetMillis) {
        int sent = 0;
        for (int millis = 0; millis < 4000; millis += 20) {
            while (sent <= millis) {
                arrive(sent * 8, packetMillis * 8);
                sent += packetMillis;
            }
            pull();
        }
        assertToneHolds(last(2000));
    }

    @Test
    void theLengthMayChangeInMidCall() {
        int sent = 0;
        for (int millis = 0; millis < 6000; millis += 20) {
            int length = millis < 3000 ? 20 : 60;
            while (sent <= millis) {
                arrive(sent * 8, length * 8);
                sent += length;
            }
            pull();
        }
        assertToneHolds(last(1500));
    }

    @Test
    void theCodecMayChangeInMidCallWithinWhatWasAgreed() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 160, 160);
            pull();
        }
        io.trunkline.media.codec.FrameEncoder ulaw =
                io.trunkline.media.codec.Codecs.encoder(Codec.PCMU, CodecParams.of(0, 20));
        for (int i = 100; i < 200; i++) {
            byte[] payload = new byte[160];
            ulaw.encode(TONE, i * 160, 160, payload, 0);
            arrive(0, sequence, timestamp, payload);
            sequence = (sequence + 1) & 0xffff;
            timestamp += 160;
            pull();
        }
        assertToneHolds(last(1500));
    }

    @ParameterizedTest
    @ValueSource(ints = {-500, 500})
    void aPeersClockThatRunsWrongIsFollowedForMinutesWithoutAClick(int partsPerMillion) {
        double due = 0;
        int sent = 0;
        for (int i = 0; i < 5500; i++) {
            while (due <= i * 20_000.0 && (sent + 1) * 160 < TONE.length) {
                arrive(sent * 160, 160);
                sent++;
                due += 20_000.0 * (1 + partsPerMillion / 1e6);
            }
            pull();
        }
        for (int at = 8 * 10_000; at < count - 4000; at += 4000) {
            assertToneHolds(Arrays.copyOfRange(heard, at, at + 4000));
        }
        assertThat(playout.concealedMs()).isLessThan(120);
    }

    @Test
    void duplicatesAndReorderingAreNotHeard() {
        for (int i = 0; i < 100; i += 2) {
            int first = sequence;
            int firstTime = timestamp;
            byte[] one = Packets.alaw(TONE, i * 160, 160);
            byte[] two = Packets.alaw(TONE, (i + 1) * 160, 160);
            arrive(PCMA, (first + 1) & 0xffff, firstTime + 160, two);
            arrive(PCMA, first, firstTime, one);
            arrive(PCMA, first, firstTime, one);
            sequence = (first + 2) & 0xffff;
            timestamp = firstTime + 320;
            pull();
            pull();
        }
        assertToneHolds(last(1000));
    }

    @Test
    void aPauseOfThePeerIsComfortNoiseAtItsLevel() {
        for (int i = 0; i < 50; i++) {
            arrive(i * 160, 160);
            pull();
        }
        arrive(MediaPlan.COMFORT_NOISE, sequence, timestamp, new byte[] {50});
        sequence = (sequence + 1) & 0xffff;
        for (int i = 0; i < 100; i++) {
            timestamp += 160;
            pull();
        }
        short[] pause = last(1000);
        assertThat(Goertzel.totalDb(pause, 0, pause.length)).isCloseTo(-47, within(2.0));
        for (int i = 0; i < 50; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertToneHolds(last(500));
    }

    @Test
    void anOutageIsFadedAndSilentAndThenGoesOn() {
        for (int i = 0; i < 50; i++) {
            arrive(i * 160, 160);
            pull();
        }
        for (int i = 0; i < 100; i++) {
            timestamp += 160;
            sequence = (sequence + 1) & 0xffff;
            pull();
        }
        short[] outage = last(1000);
        assertThat(Goertzel.totalDb(outage, 0, outage.length)).isLessThan(-90);
        for (int i = 0; i < 50; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertToneHolds(last(500));
    }

    @Test
    void aBurstAfterAStallIsCaughtUpWithoutLastingDelay() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 160, 160);
            pull();
        }
        for (int i = 0; i < 10; i++) {
            pull();
        }
        for (int i = 0; i < 10; i++) {
            arrive((100 + i) * 160, 160);
        }
        for (int i = 110; i < 1000; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertToneHolds(last(2000));
        assertThat(playout.delayMicros(nowMicros * 1000)).isLessThan(60_000);
    }

    @Test
    void aPathThatSuddenlyTakesLongerIsFollowedWithinAFifthOfASecond() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 160, 160);
            pull();
        }
        for (int i = 0; i < 5; i++) {
            pull();
        }
        long lateBefore = playout.late();
        for (int i = 100; i < 200; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertThat(playout.late() - lateBefore).isLessThanOrEqualTo(2);
        assertToneHolds(last(1000));
    }

    @Test
    void aPeerWhoseClockStoodStillIsHeardAgainAtOnce() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 160, 160);
            pull();
        }
        for (int i = 0; i < 50; i++) {
            pull();
        }
        for (int i = 100; i < 150; i++) {
            arrive(i * 160, 160);
            pull();
        }
        assertToneHolds(last(700));
    }

    @Test
    void anotherSourceStartsAnew() {
        for (int i = 0; i < 50; i++) {
            arrive(i * 160, 160);
            pull();
        }
        for (int i = 0; i < 50; i++) {
            ByteBuffer datagram = Packets.rtp(false, PCMA, 7 + i, 99 + i * 160, 2, Packets.alaw(TONE, i * 160, 160));
            packet.parse(datagram);
            long extended = receiver.onPacket(packet, nowMicros * 1000, 8000);
            playout.onAudio(packet, extended, receiver.epoch(), datagram, nowMicros * 1000);
            pull();
        }
        assertToneHolds(last(500));
    }
}
