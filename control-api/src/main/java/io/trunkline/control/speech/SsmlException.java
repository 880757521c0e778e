package io.trunkline.control.speech;

/** The markup cannot be spoken; says what is wrong with it. */
final class SsmlException extends Exception {
    private static final long serialVersionUID = 1L;

    SsmlException(String message) {
        super(message);
    }
}
