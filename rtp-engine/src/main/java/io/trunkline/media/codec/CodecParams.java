package io.trunkline.media.codec;

import java.util.Map;

/**
 * What a negotiation fixed for one direction of one codec.
 *
 * @param payloadType the number in the RTP header
 * @param ptimeMs a packet's length
 * @param fmtp format parameters, names in lower case: the receiver's wishes, so the peer's for an encoder
 * @param pcmRate samples a second wanted on the PCM side, for the codec that lets one choose (Opus); 0 is its default
 */
public record CodecParams(int payloadType, int ptimeMs, Map<String, String> fmtp, int pcmRate) {
    public CodecParams {
        fmtp = Map.copyOf(fmtp);
    }

    public static CodecParams of(int payloadType, int ptimeMs) {
        return new CodecParams(payloadType, ptimeMs, Map.of(), 0);
    }

    public CodecParams withPcmRate(int rate) {
        return new CodecParams(payloadType, ptimeMs, fmtp, rate);
    }

    public CodecParams withFmtp(Map<String, String> parameters) {
        return new CodecParams(payloadType, ptimeMs, parameters, pcmRate);
    }

    /** A whole number among the parameters; what is missing, malformed or out of range is {@code otherwise}. */
    public int number(String name, int lowest, int highest, int otherwise) {
        String text = fmtp.getOrDefault(name, "");
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return otherwise;
        }
        int value = Integer.parseInt(text);
        return value < lowest || value > highest ? otherwise : value;
    }

    public boolean flag(String name) {
        return "1".equals(fmtp.get(name));
    }
}
