package io.trunkline.media.amd;

/** The numbers of {@link AnswerPolicy}, which training sets: where each starts, and how far it may go. */
public enum PolicyFigure {
    /** Speech shorter than this is a word or two. */
    WORD_MS(800, 650, 1100),
    /** Silence after it from which on a person can be concluded, at these odds of a machine, and the odds at last. */
    WORD_SILENCE_MS(430, 350, 600),
    WORD_LAST_SILENCE_MS(1400, 800, 1900),
    WORD_FIRST(0.1, 0.01, 0.3),
    WORD_LAST(0.6, 0.3, 0.85),
    /** After a sentence it is the time since speech began that counts: most greetings have gone on by then. */
    SENTENCE_SILENCE_MS(500, 300, 900),
    SENTENCE_FROM_MS(2700, 1500, 3300),
    SENTENCE_UNTIL_MS(3400, 2800, 3500),
    SENTENCE_FIRST(0.03, 0.005, 0.2),
    SENTENCE_LAST(0.45, 0.2, 0.7),
    /**
     * Speech longer than this is more than most people say: silence counts again, and much of it, since a slow reader
     * pauses for a second and there are few people whom the wait would cost anything.
     */
    SPEECH_MS(2900, 2200, 3500),
    SPEECH_SILENCE_MS(1300, 400, 2000),
    SPEECH_LAST_SILENCE_MS(2100, 1200, 3000),
    SPEECH_FIRST(0.1, 0.01, 0.2),
    SPEECH_LAST(0.4, 0.1, 0.7),
    /** A sentence that sounded so much like a machine's while it was said counts as speech after this silence. */
    SUSPICIOUS_ABOVE(0.8, 0.5, 0.95),
    SUSPICIOUS_SILENCE_MS(800, 500, 1500),
    /**
     * A machine is concluded from these odds on: in its first words, later, and when it has spoken for long. How long
     * is bounded by what people say who answer for a company, of whom no corpus has enough.
     */
    EARLY_MS(2300, 1500, 3500),
    MACHINE_EARLY(0.99, 0.95, 0.997),
    MACHINE_LATE(0.96, 0.92, 0.98),
    MONOLOGUE_MS(5000, 4500, 6000),
    MACHINE_MONOLOGUE(0.6, 0.5, 0.9),
    /** After this silence something must be said: a machine from these odds on. */
    LAST_SILENCE_MS(1900, 1400, 2600),
    AT_LAST(0.7, 0.4, 0.8),
    /** The same after more than most people say. */
    SPEECH_AT_LAST(0.4, 0.1, 0.8);

    private final float start;
    private final float least;
    private final float most;

    PolicyFigure(double start, double least, double most) {
        this.start = (float) start;
        this.least = (float) least;
        this.most = (float) most;
    }

    float start() {
        return start;
    }

    public float least() {
        return least;
    }

    public float most() {
        return most;
    }
}
