package io.trunkline.media.sdp;

/** The text is no usable session description; the message says where, without repeating what the peer wrote. */
public final class SdpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SdpException(String message) {
        super(message);
    }
}
