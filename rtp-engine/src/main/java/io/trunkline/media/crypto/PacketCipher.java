package io.trunkline.media.crypto;

import io.trunkline.media.crypto.KeyDerivation.Use;

/** The two families of SRTP transforms; both work in place on a buffer with room for the tag behind the packet. */
interface PacketCipher {
    int REFUSED = -1;

    /** The new length: header, encrypted payload, tag. */
    int seal(byte[] packet, int header, int length, int ssrc, long index);

    /** The new length without tag, or {@link #REFUSED}. */
    int open(byte[] packet, int header, int length, int ssrc, long index);

    /** The new length of an SRTCP packet, its index word included (RFC 3711 section 3.4). */
    int sealReport(byte[] packet, int length, int ssrc, int index);

    /** The new length, or {@link #REFUSED}; {@code index} is what the packet's index word says. */
    int openReport(byte[] packet, int length, int ssrc, int index);

    static PacketCipher of(MasterKey master) {
        KeyDerivation keys = new KeyDerivation(master);
        return master.suite().isAead()
                ? new GcmCipher(master.suite(), keys)
                : new CounterCipher(master.suite(), keys, keys.derive(Use.RTP_AUTHENTICATION, Hmac.KEY_BYTES));
    }

    static void putInt(byte[] out, int offset, int value) {
        out[offset] = (byte) (value >> 24);
        out[offset + 1] = (byte) (value >> 16);
        out[offset + 2] = (byte) (value >> 8);
        out[offset + 3] = (byte) value;
    }

    static int getInt(byte[] in, int offset) {
        return in[offset] << 24
                | (in[offset + 1] & 0xff) << 16
                | (in[offset + 2] & 0xff) << 8
                | (in[offset + 3] & 0xff);
    }
}
