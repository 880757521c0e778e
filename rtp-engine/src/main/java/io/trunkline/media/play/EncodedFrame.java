package io.trunkline.media.play;

/** A payload that is ready to send: shared by every call that plays the same prompt in the same codec. */
public final class EncodedFrame {
    private final byte[] payload;

    EncodedFrame(byte[] payload) {
        this.payload = payload;
    }

    /** Not to be changed by anyone. */
    public byte[] payload() {
        return payload;
    }

    public int length() {
        return payload.length;
    }
}
