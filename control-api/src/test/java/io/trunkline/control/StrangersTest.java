package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.RtpPeer;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call by the whole program while somebody from an address that is nobody's throws packets at it. */
class StrangersTest {
    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.0.0.9");
    private static final long SECONDS = 4;

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aThousandBadPacketsASecondAtSignallingAndMediaDoNoHarmToTheRecording() throws Exception {
        try (ScriptedPhone phone = new ScriptedPhone();
                RtpPeer peer = RtpPeer.onLoopback()) {
            Lines.make(server, "flooded", phone.port(), "udp");
            String id = server.call(Lines.by("flooded").put("record", true));
            RawMessage invite = Lines.answer(phone, peer.sdp());
            peer.towards(invite.body());
            int sent;
            AtomicInteger thrown = new AtomicInteger();
            try (Speaker speaker = new Speaker(peer, 440)) {
                Thread signalling = flood(server.sipPort(), thrown);
                Thread media = flood(peer.remote().getPort(), thrown);
                signalling.join();
                media.join();
                sent = speaker.millisSent();
            }
            JsonObject ended = Lines.end(server, phone, id);
            assertThat(ended.getString("status")).isEqualTo("completed");
            server.awaitEvent(id, "recording.completed");
            short[] heard = Recorded.inbound(server, id);
            assertThat(thrown.get()).as("packets thrown").isGreaterThan(4000);
            assertThat(Recorded.millisOf(heard, 440)).isGreaterThan(0.95 * sent);
            assertThat(Recorded.longestGapMs(heard, 440)).isLessThan(100);
        }
    }

    /** He knows everything that can be known: port, payload type, SSRC, sequence and timestamp. */
    @Test
    void whoeverProbesOrInjectsMediaIsNeitherHeardNorAnswered() throws Exception {
        try (ScriptedPhone phone = new ScriptedPhone();
                RtpPeer peer = RtpPeer.onLoopback();
                RtpPeer stranger = new RtpPeer(STRANGER, peer.ssrc())) {
            Lines.make(server, "probed", phone.port(), "udp");
            String id = server.call(Lines.by("probed")
                    .put("record", true)
                    .put("play", new JsonObject().put("tone", "beep").put("loop", 20)));
            RawMessage invite = Lines.answer(phone, peer.sdp());
            stranger.towards(invite.body());
            peer.towards(invite.body());
            try (Speaker early = new Speaker(stranger, 2600);
                    Speaker speaker = new Speaker(peer, 440)) {
                assertThat(stranger.receive(2500))
                        .as("packets the stranger got")
                        .isZero();
                assertThat(peer.receive(1000)).as("packets the callee got").isPositive();
                assertThat(early.millisSent()).isGreaterThan(1000);
                assertThat(speaker.millisSent()).isGreaterThan(1000);
            }
            Lines.end(server, phone, id);
            server.awaitEvent(id, "recording.completed");
            short[] heard = Recorded.inbound(server, id);
            assertThat(Goertzel.levelDb(heard, 8000, 8000, 440, 8000))
                    .as("the callee")
                    .isGreaterThan(-30);
            assertThat(Goertzel.levelDb(heard, 8000, 8000, 2600, 8000))
                    .as("the stranger")
                    .isLessThan(-50);
        }
    }

    private static Thread flood(int port, AtomicInteger thrown) {
        return Thread.ofPlatform().start(() -> {
            Random random = new Random(port);
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(STRANGER, 0))) {
                InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                long begun = System.nanoTime();
                for (int i = 0; System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS); i++) {
                    byte[] bad = bad(random, i);
                    socket.send(new DatagramPacket(bad, bad.length, target));
                    thrown.incrementAndGet();
                    LockSupport.parkNanos(begun + i * 1_000_000L - System.nanoTime());
                }
                assertSilence(socket);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static byte[] bad(Random random, int number) {
        byte[] bytes = new byte[1 + random.nextInt(400)];
        random.nextBytes(bytes);
        return switch (number % 4) {
            case 0 -> bytes;
            case 1 -> {
                bytes[0] = (byte) 0x80; // a header of RTP, and nothing that follows it
                yield bytes;
            }
            case 2 ->
                ("INVITE sip:1@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9;branch=z9hG4bK" + number
                                + "\r\nCSeq: x INVITE\r\nContent-Length: 99999999\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
            default ->
                ("OPTIONS sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9:5060;branch=z9hG4bK" + number
                                + "\r\nFrom: <sip:100@1.1.1.1>;tag=" + number
                                + "\r\nTo: <sip:100@127.0.0.1>\r\nCall-ID: " + number
                                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static void assertSilence(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(100);
        try {
            socket.receive(new DatagramPacket(new byte[2000], 2000));
        } catch (SocketTimeoutException nothing) {
            return;
        }
        throw new AssertionError("a stranger was answered");
    }
}
