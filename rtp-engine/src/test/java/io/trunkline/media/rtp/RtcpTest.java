package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trunkline.media.Codec;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.testing.Packets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ends report to each other by hand-carried datagrams. */
class RtcpTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long WALL = 1_800_000_000_000L;

    private MediaSocket socket;
    private RtpSender sender;
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpPacket packet = new RtpPacket();
    private final ByteBuffer out = ByteBuffer.allocate(500);
    private InetSocketAddress nowhere;

    @BeforeEach
    void open() throws IOException {
        socket = MediaSocket.open(InetAddress.getLoopbackAddress(), 0);
        nowhere = socket.local();
        sender = new RtpSender(socket, new Workspace(), 0xaaaa, 0, 1000);
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private void hear(int sequence, int timestamp) {
        packet.parse(Packets.rtp(false, 8, sequence, timestamp, 0xbbbb, new byte[160]));
        receiver.onPacket(packet, timestamp * 125_000L, 8000);
    }

    @Test
    void aSenderReportCarriesClockCountsAndWhatWasHeard() {
        Rtcp rtcp = new Rtcp(sender, receiver, "x@y", WALL, 0);
        sender.send(nowhere, 8, new byte[160], 0, 160, SECOND);
        sender.advance(160);
        hear(10, 0);
        hear(11, 160);
        hear(13, 480);
        rtcp.report(out, SECOND + SECOND / 2, 8000, true);

        assertThat(out.get(0)).isEqualTo((byte) 0x81);
        assertThat(out.get(1) & 0xff).isEqualTo(200);
        assertThat(out.getInt(4)).isEqualTo(0xaaaa);
        assertThat(out.getInt(8) & 0xffffffffL).isEqualTo(WALL / 1000 + 2_208_988_800L + 1);
        assertThat(out.getInt(12) >>> 31).isEqualTo(1);
        assertThat(out.getInt(16)).isEqualTo(1000 + 4000);
        assertThat(out.getInt(20)).isEqualTo(1);
        assertThat(out.getInt(24)).isEqualTo(160);
        assertThat(out.getInt(28)).isEqualTo(0xbbbb);
        assertThat(out.getInt(32)).isEqualTo(64 << 24 | 1);
        assertThat(out.getInt(36)).isEqualTo(13);
        assertThat(out.get(53) & 0xff).isEqualTo(202);
        assertThat(out.limit() % 4).isZero();
        assertThat(out.get(out.limit() - 7) & 0xff).isEqualTo(203);
    }

    @Test
    void theRoundTripIsArrivalLessReportLessItsDelay() {
        Rtcp here = new Rtcp(sender, receiver, "here", WALL, 0);
        RtpReceiver theirReceiver = new RtpReceiver();
        RtpSender theirSender = new RtpSender(socket, new Workspace(), 0xbbbb, 0, 0);
        Rtcp there = new Rtcp(theirSender, theirReceiver, "there", WALL + 5555, 0);
        for (int i = 0; i < 100; i++) {
            sender.send(nowhere, 8, new byte[160], 0, 160, 0);
            sender.advance(160);
            if (i % 10 != 5) {
                packet.parse(Packets.rtp(false, 8, i, i * 160, 0xaaaa, new byte[160]));
                theirReceiver.onPacket(packet, i * 20_000_000L, 8000);
            }
        }
        here.report(out, 2 * SECOND, 8000, false);
        there.onPacket(out, 2 * SECOND + 30_000_000);
        theirSender.send(nowhere, 8, new byte[160], 0, 160, 0);
        there.report(out, 3 * SECOND, 8000, false);
        hear(0, 0);
        here.onPacket(out, 3 * SECOND + 50_000_000);

        assertThat(here.rttMillis()).isCloseTo(80, within(0.5));
        assertThat(here.lossOut()).isCloseTo(0.1, within(0.011));
        assertThat(there.rttMillis()).isEqualTo(-1);
    }

    @Test
    void reportsAboutOthersStreamsAndAStrangersByeChangeNothing() {
        Rtcp rtcp = new Rtcp(sender, receiver, "x", WALL, 0);
        hear(1, 0);
        sender.send(nowhere, 8, new byte[160], 0, 160, 0);
        ByteBuffer report = ByteBuffer.allocate(40);
        report.put((byte) 0x81).put((byte) 201).putShort((short) 7).putInt(5);
        report.putInt(0xdead).putInt(0xff000000).putInt(1).putInt(1).putInt(1).putInt(1);
        report.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt(0xdead);
        assertThat(rtcp.onPacket(report.flip(), SECOND)).isTrue();

        assertThat(rtcp.lossOut()).isEqualTo(-1);
        assertThat(rtcp.byeHeard()).isFalse();
    }

    @Test
    void reportsComeEveryFiveSecondsOrSo() {
        Rtcp rtcp = new Rtcp(sender, receiver, "x", WALL, 0);
        int reports = 0;
        for (long millis = 0; millis < 500_000; millis += 20) {
            if (rtcp.isDue(millis * 1_000_000)) {
                rtcp.report(out, millis * 1_000_000, 8000, false);
                reports++;
            }
        }
        assertThat(reports).isBetween(95, 160);
    }

    @Test
    void theModelAgreesWithThePublishedOnes() {
        assertThat(Mos.of(Codec.PCMA, 0, 20)).isCloseTo(4.4, within(0.05));
        assertThat(Mos.of(Codec.PCMA, 0.05, 50)).isBetween(3.5, 4.1);
        assertThat(Mos.of(Codec.PCMA, 0.3, 400)).isLessThan(2.2);
    }

    @FuzzTest(maxDuration = "10s")
    void noBytesBreakIt(byte[] bytes) {
        new Rtcp(sender, receiver, "x", WALL, 0).onPacket(ByteBuffer.wrap(bytes), SECOND);
    }
}
