package io.trunkline.control.call;

/**
 * A playback begun or queued and not yet finished.
 *
 * @param text what it says; empty for what is no speech
 */
record Playing(String text, BargeIn bargeIn) {
    static final Playing SOUND = new Playing("", BargeIn.NONE);

    /** It is being stopped: nobody interrupts it twice. */
    Playing uninterruptible() {
        return new Playing(text, BargeIn.NONE);
    }
}
