package io.trunkline.media.codec;

import io.trunkline.media.Codec;

/** Makes the coder of each codec. */
public final class Codecs {
    private Codecs() {}

    public static FrameEncoder encoder(Codec codec, CodecParams params) {
        return switch (codec) {
            case PCMU -> new G711Encoder(G711.ULAW);
            case PCMA -> new G711Encoder(G711.ALAW);
            case G722 -> new G722Encoder();
            case L16 -> new L16Encoder(codec.sampleRate());
            case OPUS -> new OpusEncoder(params);
        };
    }

    public static FrameDecoder decoder(Codec codec, CodecParams params) {
        return switch (codec) {
            case PCMU -> new G711Decoder(G711.ULAW);
            case PCMA -> new G711Decoder(G711.ALAW);
            case G722 -> new G722Decoder();
            case L16 -> new L16Decoder(codec.sampleRate());
            case OPUS -> new OpusDecoder(params);
        };
    }
}
