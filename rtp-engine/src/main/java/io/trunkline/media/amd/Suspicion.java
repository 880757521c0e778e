package io.trunkline.media.amd;

/**
 * The highest odds of a machine while it still spoke. A pause speaks for a person, so the odds fall in it; whoever
 * sounded like a machine before is given longer to go on.
 */
public final class Suspicion {
    /** The first words sound alike, whoever says them. */
    private static final int FROM_MS = 1500;

    private static final int SPEAKING_MS = 100;

    private double most;

    /** Takes a moment at which a call might be judged. */
    public void note(double machine, int silenceMs, int sinceStartMs) {
        if (silenceMs < SPEAKING_MS && sinceStartMs >= FROM_MS) {
            most = Math.max(most, machine);
        }
    }

    public double most() {
        return most;
    }
}
