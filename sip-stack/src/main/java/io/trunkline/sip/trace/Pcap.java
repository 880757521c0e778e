package io.trunkline.sip.trace;

import io.trunkline.sip.TraceEntry;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A trace as a capture file for Wireshark: raw IP packets, each message in a UDP datagram of its own, TCP and TLS
 * messages too (their text is what matters, not their segments).
 */
public final class Pcap {
    private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    private static final int LINKTYPE_RAW = 101;
    private static final int LONGEST = 65_000;

    private Pcap() {}

    public static byte[] file(List<TraceEntry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC_MICROSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(LINKTYPE_RAW)
                .array());
        entries.forEach(entry -> out.writeBytes(record(entry)));
        return out.toByteArray();
    }

    private static byte[] record(TraceEntry entry) {
        byte[] packet = packet(entry);
        Instant at = entry.at();
        return ByteBuffer.allocate(16 + packet.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) at.getEpochSecond())
                .putInt(at.getNano() / 1000)
                .putInt(packet.length)
                .putInt(packet.length)
                .put(packet)
                .array();
    }

    private static byte[] packet(TraceEntry entry) {
        byte[] text = entry.message().getBytes(StandardCharsets.UTF_8);
        byte[] body = text.length > LONGEST ? java.util.Arrays.copyOf(text, LONGEST) : text;
        End from = End.parse(entry.sent() ? entry.local() : entry.remote());
        End to = End.parse(entry.sent() ? entry.remote() : entry.local());
        boolean six = from.address.length == 16 && to.address.length == 16;
        ByteBuffer ip = six ? version6(from, to, body.length) : version4(from, to, body.length);
        return ByteBuffer.allocate(ip.capacity() + 8 + body.length)
                .put(ip.rewind())
                .putShort((short) from.port)
                .putShort((short) to.port)
                .putShort((short) (8 + body.length))
                .putShort((short) 0)
                .put(body)
                .array();
    }

    private static ByteBuffer version4(End from, End to, int length) {
        ByteBuffer ip = ByteBuffer.allocate(20)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (28 + length))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .put(from.four())
                .put(to.four());
        return ip.putShort(10, checksum(ip));
    }

    private static ByteBuffer version6(End from, End to, int length) {
        return ByteBuffer.allocate(40)
                .putInt(0x60000000)
                .putShort((short) (8 + length))
                .put((byte) 17)
                .put((byte) 64)
                .put(from.address)
                .put(to.address);
    }

    private static short checksum(ByteBuffer ip) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += ip.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private static final class End {
        private static final byte[] UNKNOWN = new byte[4];

        final byte[] address;
        final int port;

        private End(byte[] address, int port) {
            this.address = address;
            this.port = port;
        }

        static End parse(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? text : text.substring(0, colon);
            String port = colon < 0 ? "" : text.substring(colon + 1);
            int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 5060;
            return new End(address(host.replace("[", "").replace("]", "")), number);
        }

        private static byte[] address(String host) {
            if (!host.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                return UNKNOWN;
            }
            try {
                return InetAddress.getByName(host).getAddress();
            } catch (UnknownHostException e) {
                return UNKNOWN;
            }
        }

        byte[] four() {
            return address.length == 4 ? address : UNKNOWN;
        }
    }
}
