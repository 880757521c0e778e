package io.trunkline.media.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A leg's RTP socket: a plain non-blocking channel, because that is the cheapest way from Java to the kernel. Once the
 * peer is known for good it is connected, so that the kernel itself drops strangers.
 *
 * <p>Opened on the caller's thread, then owned by the leg's media loop.
 */
public final class MediaSocket implements AutoCloseable {
    /** RFC 4594: expedited forwarding for telephony. */
    private static final int EXPEDITED_FORWARDING = 0xb8;

    /** Room for a turn's flood of strangers beside the peer; the kernel gives what its own limit allows. */
    private static final int RECEIVE_BYTES = 1 << 20;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private @Nullable InetSocketAddress connectedTo;
    private PacketGuard guard = FixedGuard.PLAIN;

    private MediaSocket(DatagramChannel channel, InetSocketAddress local) {
        this.channel = channel;
        this.local = local;
    }

    public static MediaSocket open(InetAddress address, int port) throws IOException {
        DatagramChannel channel = bind(address, port);
        return new MediaSocket(channel, (InetSocketAddress) channel.getLocalAddress());
    }

    /** A bound, non-blocking channel marked as voice. */
    public static DatagramChannel bind(InetAddress address, int port) throws IOException {
        boolean ipv6 = address.getAddress().length == 16;
        DatagramChannel channel =
                DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            return channel.bind(new InetSocketAddress(address, port));
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    public InetSocketAddress local() {
        return local;
    }

    /** How packets of this socket are encrypted; whoever reads or sends one passes it through. */
    public PacketGuard guard() {
        return guard;
    }

    public void guard(PacketGuard now) {
        guard = now;
    }

    /** The next datagram's source, its bytes flipped into {@code into}; null when none waits. */
    public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
        into.clear();
        InetSocketAddress from = connectedTo;
        if (from == null) {
            from = (InetSocketAddress) channel.receive(into);
        } else if (channel.read(into) <= 0) {
            from = null;
        }
        into.flip();
        return from;
    }

    /** False when the kernel had no room or the peer's host refused it: the packet is lost, as on any network. */
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
        try {
            return (to.equals(connectedTo) ? channel.write(packet) : channel.send(packet, to)) > 0;
        } catch (IOException lost) {
            return false;
        }
    }

    /** From now on the kernel delivers this peer's datagrams alone. */
    public void connect(InetSocketAddress peer) throws IOException {
        if (peer.equals(connectedTo)) {
            return;
        }
        disconnect();
        channel.connect(peer);
        connectedTo = peer;
    }

    /** Hears everyone again, as before latching. */
    public void disconnect() throws IOException {
        if (connectedTo != null) {
            channel.disconnect();
            connectedTo = null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
