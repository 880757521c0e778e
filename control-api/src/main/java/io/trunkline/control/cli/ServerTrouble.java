package io.trunkline.control.cli;

/** The server cannot be reached, cannot be started, or refused; the message is for the person at the terminal. */
final class ServerTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerTrouble(String message) {
        super(message);
    }
}
