package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.Codec;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.codec.Codecs;
import io.trunkline.media.codec.FrameDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Opus in Ogg (RFC 7845): two header packets, then audio at 48 kHz, trimmed at both ends as the file says. */
final class OggOpusDecoder implements AudioDecoder {
    private static final int RATE = 48_000;
    private static final int LONGEST_PACKET = 5760;

    @Override
    public String format() {
        return "opus";
    }

    @Override
    public void decode(InputStream in, AudioSink sink) throws IOException, InterruptedException {
        OggPackets packets = new OggPackets(in);
        OpusHead head = head(packets);
        if (packets.next().isEmpty()) {
            throw cutOff();
        }
        sink.start(RATE);
        Limiter gain = new Limiter(RATE, head.gainDb());
        CodecParams params = CodecParams.of(0, 20).withPcmRate(RATE);
        try (FrameDecoder decoder = Codecs.decoder(Codec.OPUS, params)) {
            copy(packets, decoder, head, gain, sink);
        }
    }

    private static void copy(OggPackets packets, FrameDecoder decoder, OpusHead head, Limiter gain, AudioSink sink)
            throws IOException, InterruptedException {
        short[] out = new short[LONGEST_PACKET];
        int skip = head.preSkip();
        long decoded = 0;
        Optional<OggPackets.Packet> next = packets.next();
        while (next.isPresent()) {
            OggPackets.Packet packet = next.get();
            int samples = decoder.decode(packet.bytes(), 0, packet.bytes().length, out);
            decoded += samples;
            int from = Math.min(skip, samples);
            skip -= from;
            // section 4.5: the last page's position is where the sound ends
            int beyond = packet.endsStream() ? Math.clamp(decoded - packet.granule(), 0, samples - from) : 0;
            int length = samples - from - beyond;
            if (length > 0) {
                if (head.gainDb() != 0) {
                    gain.process(out, from, length);
                }
                sink.write(out, from, length);
            }
            next = packets.next();
        }
    }

    private static OpusHead head(OggPackets packets) throws IOException {
        byte[] bytes = packets.next().orElseThrow(OggOpusDecoder::cutOff).bytes();
        String magic = new String(bytes, 0, Math.min(8, bytes.length), StandardCharsets.ISO_8859_1);
        if (magic.startsWith("\u0001vorbis")) {
            throw new UnplayableAudioException(Reason.UNSUPPORTED, "Ogg Vorbis is not supported; use Ogg/Opus");
        }
        if (!magic.equals("OpusHead")) {
            throw new UnplayableAudioException(Reason.UNSUPPORTED, "the Ogg file holds no Opus");
        }
        if (bytes.length < 19) {
            throw cutOff();
        }
        return OpusHead.of(bytes);
    }

    private static UnplayableAudioException cutOff() {
        return new UnplayableAudioException(Reason.TRUNCATED, "the Ogg/Opus header is cut off");
    }

    /** RFC 7845 section 5.1. */
    private record OpusHead(int preSkip, double gainDb) {
        static OpusHead of(byte[] bytes) throws UnplayableAudioException {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (in.get(8) >> 4 != 0 || in.get(18) != 0 || in.get(9) < 1 || in.get(9) > 2) {
                throw new UnplayableAudioException(Reason.UNSUPPORTED, "the Opus file is neither mono nor stereo");
            }
            return new OpusHead(in.getShort(10) & 0xFFFF, in.getShort(16) / 256.0);
        }
    }
}
