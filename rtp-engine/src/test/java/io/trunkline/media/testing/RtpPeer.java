package io.trunkline.media.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The far end of a call as an independent program would be one: its own socket, A-law, its own SDP. Sends what it is
 * told when it is told; keeps all that arrives.
 */
public final class RtpPeer implements AutoCloseable {
    public static final int PCMA = 8;
    public static final int TELEPHONE_EVENT = 101;
    private static final Pattern PORT = Pattern.compile("m=audio (\\d+) ");
    private static final Pattern HOST = Pattern.compile("c=IN IP[46] (\\S+)");

    /** One packet as it arrived. */
    public record Arrived(long nanos, boolean marker, int type, int sequence, int timestamp, int ssrc, int bytes) {}

    private final DatagramSocket socket;
    private final List<Arrived> arrived = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final int ssrc;
    private InetSocketAddress remote = new InetSocketAddress(0);
    private int sequence = 1000;
    private int timestamp = 50_000;

    public RtpPeer(InetAddress address, int ssrc) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.ssrc = ssrc;
    }

    public static RtpPeer onLoopback() {
        return new RtpPeer(InetAddress.getLoopbackAddress(), 0x7ee7);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** An offer or answer of A-law and telephone-event. */
    public String sdp() {
        return sdp("sendrecv");
    }

    public String sdp(String direction) {
        String host = socket.getLocalAddress().getHostAddress();
        return String.join(
                "\r\n",
                "v=0",
                "o=peer 1 1 IN IP4 " + host,
                "s=-",
                "c=IN IP4 " + host,
                "t=0 0",
                "m=audio " + port() + " RTP/AVP 8 101",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-15",
                "a=ptime:20",
                "a=" + direction,
                "");
    }

    /** Sends to where this description says. */
    public void towards(String sdp) {
        remote = new InetSocketAddress(find(HOST, sdp), Integer.parseInt(find(PORT, sdp)));
    }

    public void towards(InetSocketAddress address) {
        remote = address;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** The next packet of the stream. */
    public void sendAudio(short[] samples, int offset, int length) {
        send(Packets.rtp(false, PCMA, sequence, timestamp, ssrc, Packets.alaw(samples, offset, length)));
        skip(length);
    }

    /** The next packet is lost on the way: its place in sequence and time stays empty. */
    public void skip(int samples) {
        sequence++;
        timestamp += samples;
    }

    public int timestamp() {
        return timestamp;
    }

    public int sequence() {
        return sequence;
    }

    public int ssrc() {
        return ssrc;
    }

    public void send(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, remote));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what has arrived; waits at most this long for the first. */
    public int receive(int waitMillis) {
        int count = 0;
        byte[] buffer = new byte[2048];
        try {
            socket.setSoTimeout(Math.max(1, waitMillis));
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                keep(ByteBuffer.wrap(buffer, 0, packet.getLength()).slice());
                count++;
                socket.setSoTimeout(1);
            }
        } catch (SocketTimeoutException nothingMore) {
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(ByteBuffer in) {
        int second = in.get(1) & 0xff;
        byte[] payload = new byte[in.remaining() - 12];
        in.get(12, payload);
        arrived.add(new Arrived(
                System.nanoTime(),
                second >= 0x80,
                second & 0x7f,
                in.getShort(2) & 0xffff,
                in.getInt(4),
                in.getInt(8),
                payload.length));
        payloads.add(payload);
    }

    public List<Arrived> arrived() {
        return arrived;
    }

    public List<byte[]> payloads() {
        return payloads;
    }

    /** All A-law that arrived, decoded, one packet after another. */
    public short[] heard() {
        int total = 0;
        for (int i = 0; i < arrived.size(); i++) {
            total += arrived.get(i).type() == PCMA ? payloads.get(i).length : 0;
        }
        short[] samples = new short[total];
        int at = 0;
        for (int i = 0; i < arrived.size(); i++) {
            for (byte code : arrived.get(i).type() == PCMA ? payloads.get(i) : new byte[0]) {
                samples[at++] = Packets.linear(code);
            }
        }
        return samples;
    }

    public void forget() {
        arrived.clear();
        payloads.clear();
    }

    @Override
    public void close() {
        socket.close();
    }
}
