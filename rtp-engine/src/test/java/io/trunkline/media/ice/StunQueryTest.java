package io.trunkline.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A question to two servers, its clock moved by hand. */
class StunQueryTest {
    private static final InetSocketAddress FIRST = address("192.0.2.1", 3478);
    private static final InetSocketAddress SECOND = address("192.0.2.2", 3478);
    private static final InetSocketAddress OUTSIDE = address("203.0.113.7", 40_000);

    private record Sent(ByteBuffer transaction, InetSocketAddress to) {}

    private final List<Sent> sent = new ArrayList<>();
    private long now = 1_000_000_000L;
    private final StunQuery query = new StunQuery(List.of(FIRST, SECOND), this::send, now);

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private void send(ByteBuffer message, InetSocketAddress to) {
        assertThat(message.remaining()).as("a header and nothing else").isEqualTo(StunMessage.HEADER);
        byte[] transaction = new byte[12];
        message.get(8, transaction);
        sent.add(new Sent(ByteBuffer.wrap(transaction), to));
    }

    private void run(int millis) {
        for (int i = 0; i < millis; i += 10) {
            query.onTick(now);
            now += 10_000_000L;
        }
    }

    private ByteBuffer answer(InetSocketAddress outside) {
        return new StunWriter(
                        StunMessage.BINDING_SUCCESS,
                        sent.getFirst().transaction().array())
                .mappedAddress(outside)
                .unsigned();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "2001:db8::7"})
    void theAddressThatAServerSeesIsOurs(String host) {
        run(10);
        query.onDatagram(answer(address(host, 40_000)), FIRST);
        run(5000);

        assertThat(query.seen()).contains(address(host, 40_000));
        assertThat(sent).as("asked once").hasSize(1);
        assertThat(query.hasFailed(now)).isFalse();
    }

    @Test
    void aServerThatIsLateMakesRoomForTheNext() {
        run(600);
        assertThat(sent).extracting(Sent::to).startsWith(FIRST, SECOND);
        query.onDatagram(answer(OUTSIDE), SECOND);
        assertThat(query.seen()).contains(OUTSIDE);
    }

    @Test
    void nobodyAnsweringIsAFailureAfterAFewSeconds() {
        run(1000);
        assertThat(query.hasFailed(now)).isFalse();
        run(6000);
        assertThat(query.hasFailed(now)).isTrue();
        assertThat(sent).hasSize(6);
    }

    @Test
    void whatNoServerSaidOrAnswersSomethingElseIsIgnored() {
        run(10);
        query.onDatagram(answer(OUTSIDE), OUTSIDE);
        query.onDatagram(
                new StunWriter(StunMessage.BINDING_SUCCESS, new byte[12])
                        .mappedAddress(OUTSIDE)
                        .unsigned(),
                FIRST);
        query.onDatagram(answer(address("0.0.0.0", 9)), FIRST);
        query.onDatagram(answer(address("203.0.113.7", 0)), FIRST);
        query.onDatagram(ByteBuffer.wrap(new byte[] {1, 1, 0, 8, 0x21, 0x12}), FIRST);
        query.onDatagram(ByteBuffer.allocate(28).put(0, (byte) 1), FIRST);

        assertThat(query.seen()).isEmpty();
    }

    /** A server that many run, on a real socket. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void coturnTellsASocketItsAddress(String host) throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/turnserver")))
                .as("needs turnserver")
                .isTrue();
        InetAddress loopback = InetAddress.ofLiteral(host);
        int port = freePort(loopback);
        Process coturn = new ProcessBuilder("turnserver", "-n", "-S", "-p", "" + port, "-L", host, "--no-cli")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0))) {
            channel.configureBlocking(false);
            assertThat(ask(channel, new InetSocketAddress(loopback, port))).isEqualTo(channel.getLocalAddress());
        } finally {
            coturn.destroy();
        }
    }

    private static int freePort(InetAddress address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, address)) {
            return socket.getLocalPort();
        }
    }

    /** Until it answers: it takes a moment to start. */
    private static InetSocketAddress ask(DatagramChannel channel, InetSocketAddress server) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        StunQuery asking = null;
        while (System.nanoTime() < end) {
            if (asking == null || asking.hasFailed(System.nanoTime())) {
                asking = new StunQuery(List.of(server), (message, to) -> send(channel, message, to), System.nanoTime());
            }
            asking.onTick(System.nanoTime());
            buffer.clear();
            if (channel.receive(buffer) instanceof InetSocketAddress from) {
                asking.onDatagram(buffer.flip(), from);
            }
            if (asking.seen().isPresent()) {
                return asking.seen().get();
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("no answer");
    }

    private static void send(DatagramChannel channel, ByteBuffer message, InetSocketAddress to) {
        try {
            channel.send(message, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
