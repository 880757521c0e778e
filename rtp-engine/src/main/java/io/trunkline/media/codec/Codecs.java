package io.trunkline.media.codec;

import io.trunkline.media.Codec;

/** Makes the coder of each codec. */
public final class Codecs {
    private Codecs() {}

    public static FrameEncoder encoder(Codec codec, CodecParams params) {
        return switch (codec) {
            case PCMU -> new G711Encoder(G711.ULAW);
            case PCMA -> new G711Encoder(G711.ALAW);
            case G722, L16, OPUS -> throw new IllegalArgumentException("no encoder for " + codec + " " + params);
        };
    }

    public static FrameDecoder decoder(Codec codec, CodecParams params) {
        return switch (codec) {
            case PCMU -> new G711Decoder(G711.ULAW);
            case PCMA -> new G711Decoder(G711.ALAW);
            case G722, L16, OPUS -> throw new IllegalArgumentException("no decoder for " + codec + " " + params);
        };
    }
}
