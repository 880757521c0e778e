package io.trunkline.control.store;

/** The database cannot be started, reached or migrated; the message says what to do about it. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
