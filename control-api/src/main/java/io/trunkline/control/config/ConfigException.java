package io.trunkline.control.config;

/** The configuration cannot be used; the message says where, why, and what may have been meant. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
