package io.trunkline.media;

/** Every RTP port (or file descriptor) is in use: the caller refuses the call before anything is dialled. */
public final class NoMediaPortsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoMediaPortsException(String message) {
        super(message);
    }
}
