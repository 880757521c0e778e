package io.trunkline.media.play;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The packets of the first logical stream in an Ogg file (RFC 3533), each bounded in size. */
final class OggPackets {
    private static final int LARGEST_PACKET = 65_536;
    private static final int HEADER = 27;
    private static final int CONTINUED = 1;
    private static final int LAST = 4;
    private static final int[] CRC = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = (value << 1) ^ (value < 0 ? 0x04C1_1DB7 : 0);
            }
            CRC[i] = value;
        }
    }

    private final InputStream in;
    private final byte[] header = new byte[HEADER];
    private byte[] lacing = new byte[0];
    private byte[] body = new byte[0];
    private int segment;
    private int position;
    private boolean last;
    private boolean begun;
    private int serial;
    private long granule = -1;

    OggPackets(InputStream in) {
        this.in = in;
    }

    /** A packet: its bytes, empty when it was too large, and whether it is the last of a page. */
    @SuppressWarnings("ArrayRecordComponent")
    record Packet(byte[] bytes, boolean endsPage, boolean endsStream, long granule) {}

    /** The next packet; empty at the end, or where the file breaks. */
    Optional<Packet> next() throws IOException {
        byte[] packet = new byte[0];
        while (true) {
            if (segment == lacing.length && !nextPage(packet.length > 0)) {
                return Optional.empty();
            }
            int length = 0;
            boolean whole = false;
            while (segment < lacing.length && !whole) {
                int piece = lacing[segment++] & 0xFF;
                length += piece;
                whole = piece < 255;
            }
            packet = append(packet, length);
            if (whole) {
                boolean endsPage = segment == lacing.length;
                return Optional.of(new Packet(packet, endsPage, endsPage && last, granule));
            }
        }
    }

    private byte[] append(byte[] packet, int length) {
        int room = Math.min(length, LARGEST_PACKET - packet.length);
        byte[] longer = Arrays.copyOf(packet, packet.length + room);
        System.arraycopy(body, position, longer, packet.length, room);
        position += length;
        return longer;
    }

    /** The next page of our stream with a valid checksum; those of other streams are passed over. */
    private boolean nextPage(boolean continuing) throws IOException {
        while (!last && readPage()) {
            int from = little(14);
            if (!begun) {
                begun = true;
                serial = from;
            }
            if (from == serial) {
                last = (header[5] & LAST) != 0;
                segment = 0;
                position = 0;
                granule = (little(6) & 0xFFFF_FFFFL) | ((long) little(10) << 32);
                if (!continuing && (header[5] & CONTINUED) != 0) {
                    skipRestOfPacket();
                }
                return true;
            }
        }
        return false;
    }

    private void skipRestOfPacket() {
        int piece = 255;
        while (segment < lacing.length && piece == 255) {
            piece = lacing[segment++] & 0xFF;
            position += piece;
        }
    }

    private boolean readPage() throws IOException {
        if (in.readNBytes(header, 0, HEADER) < HEADER || header[0] != 'O' || header[1] != 'g' || header[4] != 0) {
            return false;
        }
        int segments = header[26] & 0xFF;
        byte[] sizes = in.readNBytes(segments);
        int length = 0;
        for (byte size : sizes) {
            length += size & 0xFF;
        }
        byte[] content = in.readNBytes(length);
        if (sizes.length < segments || content.length < length || !isIntact(sizes, content)) {
            return false;
        }
        lacing = sizes;
        body = content;
        return true;
    }

    private boolean isIntact(byte[] sizes, byte[] content) {
        int expected = little(22);
        byte[] blank = header.clone();
        Arrays.fill(blank, 22, 26, (byte) 0);
        return crc(crc(crc(0, blank), sizes), content) == expected;
    }

    private static int crc(int start, byte[] bytes) {
        int crc = start;
        for (byte b : bytes) {
            crc = (crc << 8) ^ CRC[((crc >>> 24) ^ b) & 0xFF];
        }
        return crc;
    }

    private int little(int at) {
        return (header[at] & 0xFF)
                | ((header[at + 1] & 0xFF) << 8)
                | ((header[at + 2] & 0xFF) << 16)
                | ((header[at + 3] & 0xFF) << 24);
    }
}
