package io.trunkline.media.crypto;

import io.trunkline.media.crypto.KeyDerivation.Use;
import java.util.Arrays;

/**
 * AES-GCM (RFC 7714), made of plain block encryption and our own hash: the JDK's cipher is set up anew for every packet,
 * which costs garbage.
 */
final class GcmCipher implements PacketCipher {
    private static final int SALT_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int REPORT_HEADER = 8;
    private static final int INDEX_WORD = 4;
    /** NIST SP 800-38D section 7.1: the first counter block masks the tag, the text has those after it. */
    private static final int TAG_COUNTER = 1;

    private static final int TEXT_COUNTER = 2;

    private final Half media;
    private final Half reports;
    /** Associated data, put together where it is in two places. */
    private byte[] clear = new byte[REPORT_HEADER + INDEX_WORD];

    GcmCipher(SrtpSuite suite, KeyDerivation keys) {
        this(
                keys.derive(Use.RTP_CIPHER, suite.keyBytes()),
                keys.derive(Use.RTP_SALT, SALT_BYTES),
                keys.derive(Use.RTCP_CIPHER, suite.keyBytes()),
                keys.derive(Use.RTCP_SALT, SALT_BYTES));
    }

    /** With session keys. */
    GcmCipher(byte[] key, byte[] salt, byte[] reportKey, byte[] reportSalt) {
        media = new Half(key, salt);
        reports = new Half(reportKey, reportSalt);
    }

    @Override
    public int seal(byte[] packet, int header, int length, int ssrc, long index) {
        media.start(ssrc, index);
        return media.seal(packet, header, packet, header, length);
    }

    @Override
    public int open(byte[] packet, int header, int length, int ssrc, long index) {
        if (length - TAG_BYTES < header) {
            return REFUSED;
        }
        media.start(ssrc, index);
        return media.open(packet, header, packet, header, length);
    }

    @Override
    public int sealReport(byte[] packet, int length, int ssrc, int index) {
        reports.start(ssrc, index);
        PacketCipher.putInt(clear, REPORT_HEADER, index | SrtpContext.ENCRYPTED);
        System.arraycopy(packet, 0, clear, 0, REPORT_HEADER);
        int end = reports.seal(clear, REPORT_HEADER + INDEX_WORD, packet, REPORT_HEADER, length);
        System.arraycopy(clear, REPORT_HEADER, packet, end, INDEX_WORD);
        return end + INDEX_WORD;
    }

    /** Section 9.3: without the E flag all of the report is only authenticated. */
    @Override
    public int openReport(byte[] packet, int length, int ssrc, int index) {
        int end = length - INDEX_WORD;
        if (end - TAG_BYTES < REPORT_HEADER) {
            return REFUSED;
        }
        reports.start(ssrc, index);
        int from = packet[end] < 0 ? REPORT_HEADER : end - TAG_BYTES;
        if (clear.length < from + INDEX_WORD) {
            clear = new byte[from + INDEX_WORD];
        }
        System.arraycopy(packet, 0, clear, 0, from);
        System.arraycopy(packet, end, clear, from, INDEX_WORD);
        return reports.open(clear, from + INDEX_WORD, packet, from, end);
    }

    /** One of the two keys. */
    private static final class Half {
        private final AesBlocks aes;
        private final GaloisHash hash;
        private final byte[] salt;
        private final byte[] iv = new byte[AesBlocks.BLOCK];
        private final byte[] tag = new byte[TAG_BYTES];

        Half(byte[] key, byte[] salt) {
            this.salt = salt;
            aes = new AesBlocks(key);
            byte[] hashKey = new byte[AesBlocks.BLOCK];
            aes.xor(new byte[AesBlocks.BLOCK], hashKey, 0, hashKey.length);
            hash = new GaloisHash(hashKey);
        }

        /** Sections 8.1 and 9.1: both layouts agree once the index has its 48 bits. */
        void start(int ssrc, long index) {
            System.arraycopy(salt, 0, iv, 0, SALT_BYTES);
            for (int i = 0; i < 4; i++) {
                iv[2 + i] ^= (byte) (ssrc >> (24 - 8 * i));
            }
            for (int i = 0; i < 6; i++) {
                iv[6 + i] ^= (byte) (index >> (40 - 8 * i));
            }
        }

        /** Encrypts from {@code from} to {@code to} and puts the tag behind; the end of both. */
        int seal(byte[] associated, int associatedLength, byte[] packet, int from, int to) {
            aes.xor(iv, TEXT_COUNTER, packet, from, to - from);
            authenticate(associated, associatedLength, packet, from, to);
            System.arraycopy(tag, 0, packet, to, TAG_BYTES);
            return to + TAG_BYTES;
        }

        /** Decrypts what ends with a tag; the end of the text, or {@link #REFUSED} with the packet as it was. */
        int open(byte[] associated, int associatedLength, byte[] packet, int from, int to) {
            int end = to - TAG_BYTES;
            authenticate(associated, associatedLength, packet, from, end);
            int difference = 0;
            for (int i = 0; i < TAG_BYTES; i++) {
                difference |= tag[i] ^ packet[end + i];
            }
            if (difference != 0) {
                return REFUSED;
            }
            aes.xor(iv, TEXT_COUNTER, packet, from, end - from);
            return end;
        }

        private void authenticate(byte[] associated, int associatedLength, byte[] packet, int from, int to) {
            hash.reset();
            hash.update(associated, 0, associatedLength);
            hash.update(packet, from, to - from);
            hash.block(8L * associatedLength, 8L * (to - from));
            Arrays.fill(tag, (byte) 0);
            hash.xorInto(tag);
            aes.xor(iv, TAG_COUNTER, tag, 0, TAG_BYTES);
        }
    }
}
