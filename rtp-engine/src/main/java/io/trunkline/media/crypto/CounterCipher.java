package io.trunkline.media.crypto;

import io.trunkline.media.crypto.KeyDerivation.Use;

/** AES in counter mode with HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1, RFC 6188): no garbage a packet. */
final class CounterCipher implements PacketCipher {
    private static final int SALT_BYTES = 14;
    private static final int REPORT_HEADER = 8;
    private static final int INDEX_WORD = 4;
    private static final byte[] NOTHING = {};

    private final int tagBytes;
    private final int reportTagBytes;
    private final AesBlocks aes;
    private final AesBlocks reportAes;
    private final Hmac hmac;
    private final Hmac reportHmac;
    private final byte[] salt;
    private final byte[] reportSalt;
    private final byte[] iv = new byte[AesBlocks.BLOCK];
    private final byte[] rollover = new byte[4];

    CounterCipher(SrtpSuite suite, KeyDerivation keys, byte[] authenticationKey) {
        tagBytes = suite.tagBytes();
        reportTagBytes = suite.reportTagBytes();
        aes = new AesBlocks(keys.derive(Use.RTP_CIPHER, suite.keyBytes()));
        reportAes = new AesBlocks(keys.derive(Use.RTCP_CIPHER, suite.keyBytes()));
        hmac = new Hmac(authenticationKey);
        reportHmac = new Hmac(keys.derive(Use.RTCP_AUTHENTICATION, Hmac.KEY_BYTES));
        salt = keys.derive(Use.RTP_SALT, SALT_BYTES);
        reportSalt = keys.derive(Use.RTCP_SALT, SALT_BYTES);
    }

    @Override
    public int seal(byte[] packet, int header, int length, int ssrc, long index) {
        start(salt, ssrc, index);
        aes.xor(iv, packet, header, length - header);
        PacketCipher.putInt(rollover, 0, (int) (index >> 16));
        System.arraycopy(hmac.of(packet, length, rollover, rollover.length), 0, packet, length, tagBytes);
        return length + tagBytes;
    }

    @Override
    public int open(byte[] packet, int header, int length, int ssrc, long index) {
        int end = length - tagBytes;
        PacketCipher.putInt(rollover, 0, (int) (index >> 16));
        if (end < header || !hmac.matches(packet, end, rollover, rollover.length, end, tagBytes)) {
            return REFUSED;
        }
        start(salt, ssrc, index);
        aes.xor(iv, packet, header, end - header);
        return end;
    }

    @Override
    public int sealReport(byte[] packet, int length, int ssrc, int index) {
        start(reportSalt, ssrc, index);
        reportAes.xor(iv, packet, REPORT_HEADER, length - REPORT_HEADER);
        PacketCipher.putInt(packet, length, index | SrtpContext.ENCRYPTED);
        int end = length + INDEX_WORD;
        System.arraycopy(reportHmac.of(packet, end, NOTHING, 0), 0, packet, end, reportTagBytes);
        return end + reportTagBytes;
    }

    @Override
    public int openReport(byte[] packet, int length, int ssrc, int index) {
        int end = length - reportTagBytes;
        if (!reportHmac.matches(packet, end, NOTHING, 0, end, reportTagBytes)) {
            return REFUSED;
        }
        int plain = end - INDEX_WORD;
        if (PacketCipher.getInt(packet, plain) < 0) {
            start(reportSalt, ssrc, index);
            reportAes.xor(iv, packet, REPORT_HEADER, plain - REPORT_HEADER);
        }
        return plain;
    }

    /** Section 4.1.1: salt · 2^16 XOR SSRC · 2^64 XOR index · 2^16. */
    private void start(byte[] withSalt, int ssrc, long index) {
        System.arraycopy(withSalt, 0, iv, 0, SALT_BYTES);
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >> (40 - 8 * i));
        }
    }
}
