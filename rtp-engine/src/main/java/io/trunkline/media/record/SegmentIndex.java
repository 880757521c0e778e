package io.trunkline.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file beside an unfinished recording: a head that says what it is, then an entry a segment with the checksum of
 * its samples. Every part carries its own checksum, so that reading stops exactly where a crash tore it.
 */
final class SegmentIndex {
    static final int ENTRY_BYTES = 32;
    private static final int HEAD_MAGIC = 0x544c5231;
    private static final int ENTRY_MAGIC = 0x54534547;
    private static final int HEAD_FIXED_BYTES = 30;

    /** What the index says of the whole. */
    record Head(String id, int sampleRate, int channels, long startedAtMillis) {}

    /**
     * One segment.
     *
     * @param position in frames from the start
     * @param crc of its bytes in the WAV file; 0 where there are none
     */
    record Entry(RecordChunk.Kind kind, long position, int frames, int crc) {}

    private SegmentIndex() {}

    static ByteBuffer encode(Head head) {
        byte[] id = head.id().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[HEAD_FIXED_BYTES + id.length];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(HEAD_MAGIC).putInt(head.sampleRate()).putInt(head.channels()).putLong(head.startedAtMillis());
        out.putShort((short) id.length).put(id);
        out.putInt(crc(bytes, 0, out.position())).putInt(ENTRY_BYTES);
        return out.flip();
    }

    static ByteBuffer encode(Entry entry) {
        byte[] bytes = new byte[ENTRY_BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(ENTRY_MAGIC).putInt(entry.kind().code).putLong(entry.position());
        out.putInt(entry.frames()).putInt(entry.crc()).putInt(0);
        out.putInt(crc(bytes, 0, out.position()));
        return out.flip();
    }

    /** Reads from the beginning of a whole file's bytes. */
    static Head readHead(byte[] bytes, ByteBuffer in) throws IOException {
        if (in.remaining() < HEAD_FIXED_BYTES || in.getInt() != HEAD_MAGIC) {
            throw new IOException("not the index of a recording");
        }
        int sampleRate = in.getInt();
        int channels = in.getInt();
        long startedAt = in.getLong();
        int idBytes = in.getShort();
        if (idBytes < 0 || in.remaining() < idBytes + 8) {
            throw new IOException("a torn head");
        }
        byte[] id = new byte[idBytes];
        in.get(id);
        int crc = crc(bytes, 0, in.position());
        if (in.getInt() != crc || in.getInt() != ENTRY_BYTES) {
            throw new IOException("a damaged head");
        }
        return new Head(new String(id, StandardCharsets.UTF_8), sampleRate, channels, startedAt);
    }

    /** Every whole and undamaged entry up to the first that is not. */
    static List<Entry> readEntries(byte[] bytes, ByteBuffer in) {
        List<Entry> entries = new ArrayList<>();
        Optional<Entry> next = readEntry(bytes, in);
        while (next.isPresent()) {
            entries.add(next.get());
            next = readEntry(bytes, in);
        }
        return entries;
    }

    private static Optional<Entry> readEntry(byte[] bytes, ByteBuffer in) {
        if (in.remaining() < ENTRY_BYTES) {
            return Optional.empty();
        }
        int start = in.position();
        int magic = in.getInt();
        int kind = in.getInt();
        long position = in.getLong();
        int frames = in.getInt();
        int dataCrc = in.getInt();
        int version = in.getInt();
        boolean whole = in.getInt() == crc(bytes, start, ENTRY_BYTES - 4);
        if (!whole || magic != ENTRY_MAGIC || version != 0) {
            return Optional.empty();
        }
        return RecordChunk.Kind.of(kind).map(known -> new Entry(known, position, frames, dataCrc));
    }

    /** Of all that remains. */
    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
