package io.trunkline.media.amd;

import io.trunkline.media.AmdVerdict;

/**
 * Fax machines and call progress tones, by rule: they are standardised, so nothing need be learned. Each rule needs
 * that nobody has spoken before, except special information tones, which announce an announcement.
 */
final class LineSignals {
    private static final float SAME_HZ = 25;
    private static final int FAX_ANSWER_MS = 700;
    private static final int STEADY_MS = 3000;
    private static final int SPEECH_FRAMES = 40;
    private static final int FEW_FRAMES = 12;
    private static final int LEAST_SIGNAL_MS = 180;
    private static final int LONGEST_BURST_MS = 600;
    private static final int EXPECT_FRAMES = 150;
    private static final int LEAST_MODEM_FRAMES = 60;
    private static final int MODEM_WINDOW = 80;

    private final Recent modem = new Recent(MODEM_WINDOW);
    private final CadenceRule cadence = new CadenceRule();
    private final SpecialInformationTone special = new SpecialInformationTone();
    private AmdVerdict verdict = AmdVerdict.UNKNOWN;
    private String reason = "";
    private int cngEndFrame = -1;
    private float firstHertz;
    private int burstFrame = -1;

    /** Takes a frame; {@link #verdict} says what it is if this frame settled it. */
    void update(Ear ear, ToneTracker tones, Turns turns) {
        modem.add(!ear.empty() && ear.modemShare() > 0.85f ? 1 : 0);
        if (verdict != AmdVerdict.UNKNOWN) {
            return;
        }
        if (special.update(tones)) {
            is(AmdVerdict.TONE, "special information tone: the network announces that the call failed");
        }
        watchFirstTone(ear, tones, turns);
        if (turns.speech() > SPEECH_FRAMES && firstHertz == 0) {
            return;
        }
        fax(ear, tones);
        if (verdict == AmdVerdict.UNKNOWN) {
            progress(ear, tones);
        }
    }

    /** A tone that comes before anybody spoke is the line's, and so is all that repeats it. */
    private void watchFirstTone(Ear ear, ToneTracker tones, Turns turns) {
        boolean signal = tones.ended() && tones.finished().lengthMs() >= LEAST_SIGNAL_MS;
        if (!signal) {
            return;
        }
        if (firstHertz == 0 && turns.speech() < FEW_FRAMES) {
            firstHertz = tones.finished().lowHertz();
        }
        if (same(tones.finished().lowHertz(), firstHertz) && tones.finished().lengthMs() < LONGEST_BURST_MS) {
            burstFrame = ear.frame();
        }
    }

    /** A short tone has sounded that may repeat: what is heard in between says nothing yet. */
    boolean expectsMore(Ear ear) {
        return burstFrame >= 0 && ear.frame() - burstFrame < EXPECT_FRAMES;
    }

    /** Whether a tone is the one that the call began with, and so no voicemail's beep. */
    boolean repeatsFirst(ToneRun run) {
        return firstHertz > 0 && same(run.lowHertz(), firstHertz);
    }

    private void fax(Ear ear, ToneTracker tones) {
        ToneRun now = tones.current();
        boolean answering = between(now.hertz(), 2070, 2130) || between(now.hertz(), 2205, 2245);
        if (answering && tones.currentMs() >= FAX_ANSWER_MS) {
            is(AmdVerdict.FAX, "fax or modem answer tone at " + Math.round(now.hertz()) + " Hz");
        }
        if (modem.mean() * MODEM_WINDOW >= LEAST_MODEM_FRAMES && tones.currentMs() < FAX_ANSWER_MS) {
            is(AmdVerdict.FAX, "V.21 modem signal between 1650 and 1850 Hz");
        }
        if (tones.ended()
                && between(tones.finished().hertz(), 1062, 1138)
                && between(tones.finished().lengthMs(), 425, 575)) {
            if (cngEndFrame >= 0) {
                is(AmdVerdict.FAX, "fax calling tone: 1100 Hz, half a second, repeated");
            }
            cngEndFrame = ear.frame();
        }
        if (cngEndFrame >= 0 && ear.frame() - cngEndFrame == 100 && tones.currentMs() == 0) {
            is(AmdVerdict.FAX, "fax calling tone: 1100 Hz for half a second, then nothing");
        }
    }

    private void progress(Ear ear, ToneTracker tones) {
        if (tones.currentMs() >= STEADY_MS) {
            is(AmdVerdict.TONE, "a steady tone at " + Math.round(tones.current().hertz()) + " Hz");
        }
        String meaning = cadence.update(ear.frame(), tones);
        if (meaning != null) {
            is(AmdVerdict.TONE, meaning);
        }
    }

    private void is(AmdVerdict what, String why) {
        if (verdict == AmdVerdict.UNKNOWN) {
            verdict = what;
            reason = why;
        }
    }

    static boolean between(float value, float low, float high) {
        return value >= low && value <= high;
    }

    static boolean same(float a, float b) {
        return Math.abs(a - b) < SAME_HZ;
    }

    AmdVerdict verdict() {
        return verdict;
    }

    String reason() {
        return reason;
    }
}
