package io.trunkline.media;

import io.trunkline.media.codec.G711;

/** How samples are written where they travel outside RTP: in streams and to speech servers. */
public enum SampleFormat {
    MULAW(1) {
        @Override
        void write(short sample, byte[] out, int at) {
            out[at] = G711.ULAW.compress(sample);
        }

        @Override
        short read(byte[] in, int at) {
            return G711.ULAW.expand(in[at]);
        }
    },
    ALAW(1) {
        @Override
        void write(short sample, byte[] out, int at) {
            out[at] = G711.ALAW.compress(sample);
        }

        @Override
        short read(byte[] in, int at) {
            return G711.ALAW.expand(in[at]);
        }
    },
    L16_LITTLE_ENDIAN(2) {
        @Override
        void write(short sample, byte[] out, int at) {
            out[at] = (byte) sample;
            out[at + 1] = (byte) (sample >> 8);
        }

        @Override
        short read(byte[] in, int at) {
            return (short) ((in[at] & 0xFF) | (in[at + 1] << 8));
        }
    },
    L16_BIG_ENDIAN(2) {
        @Override
        void write(short sample, byte[] out, int at) {
            out[at] = (byte) (sample >> 8);
            out[at + 1] = (byte) sample;
        }

        @Override
        short read(byte[] in, int at) {
            return (short) ((in[at] << 8) | (in[at + 1] & 0xFF));
        }
    };

    private final int width;

    SampleFormat(int width) {
        this.width = width;
    }

    abstract void write(short sample, byte[] out, int at);

    abstract short read(byte[] in, int at);

    public int bytesPerSample() {
        return width;
    }

    public byte[] encode(short[] samples, int offset, int length) {
        byte[] bytes = new byte[length * width];
        for (int i = 0; i < length; i++) {
            write(samples[offset + i], bytes, i * width);
        }
        return bytes;
    }

    /** Half a sample at the end is left out. */
    public short[] decode(byte[] bytes) {
        short[] samples = new short[bytes.length / width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = read(bytes, i * width);
        }
        return samples;
    }
}
