package io.trunkline.media.crypto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an encrypted stream. Each source (SSRC) has its own indices, made only for packets that proved to be
 * the peer's, and few of them.
 */
final class SrtpContext {
    static final int ENCRYPTED = 0x80000000;
    private static final int MOST_SOURCES = 16;
    private static final int REPORT_HEADER = 8;
    private static final int RTP_HEADER = 12;

    private static final class Source {
        private final int ssrc;
        private final ReplayWindow media = new ReplayWindow();
        private final ReplayWindow reports = new ReplayWindow();

        Source(int ssrc) {
            this.ssrc = ssrc;
        }
    }

    private final MasterKey master;
    private final PacketCipher cipher;
    private final List<Source> sources = new ArrayList<>();
    private final @Nullable SrtpContext before;
    private int nextReport = 1;
    private long forged;
    private long replayed;
    private long opened;

    SrtpContext(MasterKey master) {
        this(master, null);
    }

    /** @param before what these keys replace */
    SrtpContext(MasterKey master, @Nullable SrtpContext before) {
        this.master = master;
        this.cipher = PacketCipher.of(master);
        this.before = before;
    }

    MasterKey master() {
        return master;
    }

    /**
     * The packet's new length, or negative when it must not go out: a number used twice under one key would give both
     * packets' contents away.
     */
    int seal(byte[] packet, int length) {
        Source source = sourceOf(PacketCipher.getInt(packet, 8));
        long index = source.media.estimate(sequence(packet));
        if (index < 0 || !source.media.isFresh(index)) {
            return PacketCipher.REFUSED;
        }
        source.media.use(index);
        return cipher.seal(packet, header(packet, length), length, source.ssrc, index);
    }

    int sealReport(byte[] packet, int length) {
        int index = nextReport++;
        return cipher.sealReport(packet, length, PacketCipher.getInt(packet, 4), index & ~ENCRYPTED);
    }

    /** The plain packet's length, or negative. */
    int open(byte[] packet, int length) {
        int header = header(packet, length);
        if (header < 0) {
            return refuse();
        }
        int ssrc = PacketCipher.getInt(packet, 8);
        Source known = find(ssrc);
        return known == null ? openFirst(packet, header, length, ssrc) : open(known, packet, header, length);
    }

    private int open(Source source, byte[] packet, int header, int length) {
        long index = source.media.estimate(sequence(packet));
        if (index < 0 || !source.media.isFresh(index)) {
            replayed++;
            return PacketCipher.REFUSED;
        }
        int plain = cipher.open(packet, header, length, source.ssrc, index);
        if (plain < 0) {
            return refuse();
        }
        source.media.use(index);
        opened++;
        return plain;
    }

    /** After a new key some peers keep counting roll-overs, as RFC 3711 asks, and some begin again. */
    private int openFirst(byte[] packet, int header, int length, int ssrc) {
        Source old = before == null ? null : before.find(ssrc);
        Source source = new Source(ssrc);
        if (old != null) {
            source.media.startAfter(old.media);
            int plain = old.media.estimate(0) >> 16 > 0 ? open(source, packet, header, length) : PacketCipher.REFUSED;
            if (plain >= 0) {
                sources.add(source);
                return plain;
            }
            source = new Source(ssrc);
        }
        int plain = sources.size() < MOST_SOURCES ? open(source, packet, header, length) : refuse();
        if (plain >= 0) {
            sources.add(source);
        }
        return plain;
    }

    int openReport(byte[] packet, int length) {
        SrtpSuite suite = master.suite();
        int word = suite.isAead() ? length - 4 : length - suite.reportTagBytes() - 4;
        if (word < REPORT_HEADER) {
            return refuse();
        }
        int index = PacketCipher.getInt(packet, word) & ~ENCRYPTED;
        int ssrc = PacketCipher.getInt(packet, 4);
        Source known = find(ssrc);
        if (known != null && !known.reports.isFresh(index)) {
            replayed++;
            return PacketCipher.REFUSED;
        }
        int plain = cipher.openReport(packet, length, ssrc, index);
        if (plain < 0) {
            return refuse();
        }
        if (known != null || sources.size() < MOST_SOURCES) {
            sourceOf(ssrc).reports.use(index);
        }
        return plain;
    }

    private int refuse() {
        forged++;
        return PacketCipher.REFUSED;
    }

    private Source sourceOf(int ssrc) {
        Source known = find(ssrc);
        if (known == null) {
            known = new Source(ssrc);
            sources.add(known);
        }
        return known;
    }

    private @Nullable Source find(int ssrc) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).ssrc == ssrc) {
                return sources.get(i);
            }
        }
        return null;
    }

    private static int sequence(byte[] packet) {
        return (packet[2] & 0xff) << 8 | (packet[3] & 0xff);
    }

    /** What stays readable: fixed header, contributing sources, extension (RFC 3550 section 5); −1 where it is cut. */
    private static int header(byte[] packet, int length) {
        int header = RTP_HEADER + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + 4 * ((packet[header + 2] & 0xff) << 8 | (packet[header + 3] & 0xff));
        }
        return header <= length && length >= RTP_HEADER ? header : -1;
    }

    long forged() {
        return forged;
    }

    long replayed() {
        return replayed;
    }

    long opened() {
        return opened;
    }
}
