package io.trunkline.sip.wire;

/** A message could not be sent. */
public final class WireException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean tls;

    public WireException(String message, boolean tls, Throwable cause) {
        super(message, cause);
        this.tls = tls;
    }

    public WireException(String message, boolean tls) {
        super(message);
        this.tls = tls;
    }

    /** True when the TLS handshake or the certificate is to blame. */
    public boolean tls() {
        return tls;
    }
}
