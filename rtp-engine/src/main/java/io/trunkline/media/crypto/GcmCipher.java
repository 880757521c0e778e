package io.trunkline.media.crypto;

import io.trunkline.media.crypto.KeyDerivation.Use;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM (RFC 7714). The JDK's cipher is set up anew for every packet, which costs some garbage. */
final class GcmCipher implements PacketCipher {
    private static final int SALT_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int REPORT_HEADER = 8;
    private static final int INDEX_WORD = 4;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final SecretKeySpec reportKey;
    private final byte[] salt;
    private final byte[] reportSalt;
    private final byte[] iv = new byte[SALT_BYTES];
    private final byte[] word = new byte[INDEX_WORD];

    GcmCipher(SrtpSuite suite, KeyDerivation keys) {
        this(
                keys.derive(Use.RTP_CIPHER, suite.keyBytes()),
                keys.derive(Use.RTP_SALT, SALT_BYTES),
                keys.derive(Use.RTCP_CIPHER, suite.keyBytes()),
                keys.derive(Use.RTCP_SALT, SALT_BYTES));
    }

    /** With session keys. */
    GcmCipher(byte[] key, byte[] salt, byte[] reportKey, byte[] reportSalt) {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.reportKey = new SecretKeySpec(reportKey, "AES");
        this.reportSalt = reportSalt;
    }

    @Override
    public int seal(byte[] packet, int header, int length, int ssrc, long index) {
        start(salt, ssrc, index);
        return header + run(Cipher.ENCRYPT_MODE, key, packet, header, false, header, length - header);
    }

    @Override
    public int open(byte[] packet, int header, int length, int ssrc, long index) {
        if (length - TAG_BYTES < header) {
            return REFUSED;
        }
        start(salt, ssrc, index);
        int plain = run(Cipher.DECRYPT_MODE, key, packet, header, false, header, length - header);
        return plain < 0 ? REFUSED : header + plain;
    }

    @Override
    public int sealReport(byte[] packet, int length, int ssrc, int index) {
        start(reportSalt, ssrc, index);
        PacketCipher.putInt(word, 0, index | SrtpContext.ENCRYPTED);
        int written =
                run(Cipher.ENCRYPT_MODE, reportKey, packet, REPORT_HEADER, true, REPORT_HEADER, length - REPORT_HEADER);
        System.arraycopy(word, 0, packet, REPORT_HEADER + written, INDEX_WORD);
        return REPORT_HEADER + written + INDEX_WORD;
    }

    /** Section 9.3: without the E flag all of the report is only authenticated. */
    @Override
    public int openReport(byte[] packet, int length, int ssrc, int index) {
        int end = length - INDEX_WORD;
        if (end - TAG_BYTES < REPORT_HEADER) {
            return REFUSED;
        }
        System.arraycopy(packet, end, word, 0, INDEX_WORD);
        start(reportSalt, ssrc, index);
        int clear = word[0] < 0 ? REPORT_HEADER : end - TAG_BYTES;
        int plain = run(Cipher.DECRYPT_MODE, reportKey, packet, clear, true, clear, end - clear);
        return plain < 0 ? REFUSED : clear + plain;
    }

    /** Works in place; how many bytes came out, or −1 where the tag does not fit. */
    private int run(int mode, SecretKeySpec with, byte[] packet, int clear, boolean withWord, int from, int length) {
        try {
            cipher.init(mode, with, new GCMParameterSpec(8 * TAG_BYTES, iv));
            cipher.updateAAD(packet, 0, clear);
            if (withWord) {
                cipher.updateAAD(word);
            }
            return cipher.doFinal(packet, from, length, packet, from);
        } catch (GeneralSecurityException forged) {
            return REFUSED;
        }
    }

    /** Sections 8.1 and 9.1: both layouts agree once the index has its 48 bits. */
    private void start(byte[] withSalt, int ssrc, long index) {
        System.arraycopy(withSalt, 0, iv, 0, SALT_BYTES);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] ^= (byte) (index >> (40 - 8 * i));
        }
    }
}
