package io.trunkline.media.play;

/** The four bytes that begin an MPEG layer III frame (ISO 11172-3 section 2.4.1.3), to tell MP3 from chance. */
final class Mp3Header {
    private static final int[] BITRATES_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] BITRATES_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] RATES = {44_100, 48_000, 32_000};
    /** Bytes of padding before the first frame that are put up with. */
    private static final int MOST_SKIPPED = 4096;

    private Mp3Header() {}

    /** Where a frame begins that another one follows (or the end), or −1. */
    static int findPair(byte[] bytes) {
        for (int at = 0; at + 4 <= bytes.length && at < MOST_SKIPPED; at++) {
            int length = frameLength(bytes, at);
            if (length > 0 && (at + length + 4 > bytes.length || frameLength(bytes, at + length) > 0)) {
                return at;
            }
        }
        return -1;
    }

    /** A frame begins with the first byte, and another one where it ends, unless that is beyond what is here. */
    static boolean isAtStart(byte[] bytes) {
        int length = bytes.length < 4 ? 0 : frameLength(bytes, 0);
        return length > 0 && (length + 4 > bytes.length || frameLength(bytes, length) > 0);
    }

    /** Bytes of the frame whose header is here, or 0. */
    private static int frameLength(byte[] bytes, int at) {
        int second = bytes[at + 1] & 0xFF;
        int third = bytes[at + 2] & 0xFF;
        int version = (second >> 3) & 3;
        int bitrate = third >> 4;
        int rate = (third >> 2) & 3;
        boolean layer3 = (second & 0x06) == 0x02;
        if ((bytes[at] & 0xFF) != 0xFF || second < 0xE0 || !layer3 || version == 1) {
            return 0;
        }
        if (bitrate == 0 || bitrate == 15 || rate == 3) {
            return 0;
        }
        boolean first = version == 3;
        int bits = (first ? BITRATES_1 : BITRATES_2)[bitrate] * 1000;
        int frequency = RATES[rate] >> (first ? 0 : version == 2 ? 1 : 2);
        return (first ? 144 : 72) * bits / frequency + ((third >> 1) & 1);
    }
}
