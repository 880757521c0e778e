package io.trunkline.media.codec;

import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The two companding laws of ITU-T G.711 as tables: 256 samples to expand, 65 536 bytes to compress. */
public final class G711 {
    private static final int SAMPLES = 1 << 16;

    public static final G711 ULAW = new G711(G711::expandULaw, (byte) 0xFF);
    public static final G711 ALAW = new G711(G711::expandALaw, (byte) 0xD5);

    private final short[] expand = new short[256];
    private final byte[] compress = new byte[SAMPLES];
    private final byte silence;

    private G711(IntUnaryOperator expander, byte silence) {
        this.silence = silence;
        for (int code = 0; code < 256; code++) {
            expand[code] = (short) expander.applyAsInt(code);
        }
        fillCompression();
    }

    public short expand(byte code) {
        return expand[code & 0xFF];
    }

    public byte compress(short sample) {
        return compress[sample & 0xFFFF];
    }

    /** The code of a zero sample. */
    public byte silence() {
        return silence;
    }

    /** Each sample gets the code whose value is nearest; between two equally near, the smaller amplitude. */
    private void fillCompression() {
        int[] codes = IntStream.range(0, 256)
                .boxed()
                .sorted(Comparator.comparingInt((Integer code) -> expand[code]))
                .mapToInt(Integer::intValue)
                .toArray();
        int nearest = 0;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            while (nearest < 255 && closer(expand[codes[nearest + 1]], expand[codes[nearest]], sample)) {
                nearest++;
            }
            compress[sample & 0xFFFF] = (byte) codes[nearest];
        }
        compress[0] = silence;
    }

    private static boolean closer(int candidate, int current, int sample) {
        int gain = Math.abs(sample - current) - Math.abs(sample - candidate);
        return gain > 0 || (gain == 0 && Math.abs(candidate) <= Math.abs(current));
    }

    /** G.711 table 2: inverted bits, a bias of 33 at 14 bits. */
    private static int expandULaw(int code) {
        int inverted = ~code & 0xFF;
        int magnitude = ((((inverted & 0x0F) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
        return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    /** G.711 table 1: even bits inverted, 13 bits. */
    private static int expandALaw(int code) {
        int even = (code ^ 0x55) & 0xFF;
        int segment = (even & 0x70) >> 4;
        int step = (even & 0x0F) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (even & 0x80) != 0 ? magnitude : -magnitude;
    }
}
