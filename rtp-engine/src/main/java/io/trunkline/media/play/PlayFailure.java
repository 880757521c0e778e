package io.trunkline.media.play;

/** A source cannot be played. */
final class PlayFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlayFailure(String message) {
        super(message);
    }

    static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
