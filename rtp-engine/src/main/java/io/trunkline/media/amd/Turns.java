package io.trunkline.media.amd;

/** When one detector of speech heard speech: spurts, the pauses between them, and the silence now. In frames. */
final class Turns {
    /** Speech shorter than this is a click. */
    private static final int LEAST_SPURT = 6;
    /** A gap up to this belongs to the word it stands in. */
    private static final int WORD_GAP = 12;

    private static final int PHRASE_GAP = 25;
    private static final int TURN_GAP = 50;
    private static final int NEVER = -1;

    private int frame;
    private int candidate = NEVER;
    private int candidateSpeech;
    private int firstSpeech = NEVER;
    private int lastSpeech = NEVER;
    private int spurtStart = NEVER;
    private int speechFrames;
    private int spurts;
    private int phrases;
    private int turns;
    private int firstSpurt;
    private int longestSpurt;
    private int firstPause;
    private int longestPause;
    private int lastPause;
    private int allPauses;

    void update(int now, boolean speech) {
        frame = now;
        if (!speech) {
            if (candidate != NEVER && now - candidate - candidateSpeech > 2) {
                candidate = NEVER;
            }
            return;
        }
        if (lastSpeech != NEVER && now - lastSpeech <= WORD_GAP) {
            speechFrames++;
            lastSpeech = now;
            spurtGrew();
            return;
        }
        if (candidate == NEVER) {
            candidate = now;
            candidateSpeech = 0;
        }
        if (++candidateSpeech >= LEAST_SPURT) {
            startSpurt(now);
        }
    }

    private void startSpurt(int now) {
        if (firstSpeech == NEVER) {
            firstSpeech = candidate;
            phrases = 1;
            turns = 1;
        } else {
            pause(candidate - lastSpeech - 1);
        }
        spurts++;
        spurtStart = candidate;
        speechFrames += candidateSpeech;
        lastSpeech = now;
        candidate = NEVER;
        spurtGrew();
    }

    private void pause(int length) {
        lastPause = length;
        allPauses += length;
        longestPause = Math.max(longestPause, length);
        if (spurts == 1) {
            firstPause = length;
        }
        phrases += length > PHRASE_GAP ? 1 : 0;
        turns += length > TURN_GAP ? 1 : 0;
    }

    private void spurtGrew() {
        int length = lastSpeech - spurtStart + 1;
        longestSpurt = Math.max(longestSpurt, length);
        if (spurts == 1) {
            firstSpurt = length;
        }
    }

    boolean started() {
        return firstSpeech != NEVER;
    }

    /** The frame at which the first speech began. */
    int start() {
        return firstSpeech;
    }

    /** The last frame that held speech. */
    int end() {
        return lastSpeech;
    }

    int sinceStart() {
        return started() ? frame - firstSpeech : 0;
    }

    int silence() {
        return started() ? frame - lastSpeech : frame;
    }

    /** From the first frame of speech to the last. */
    int span() {
        return started() ? lastSpeech - firstSpeech + 1 : 0;
    }

    int speech() {
        return speechFrames;
    }

    int spurtCount() {
        return spurts;
    }

    int phraseCount() {
        return phrases;
    }

    int turnCount() {
        return turns;
    }

    int firstSpurt() {
        return firstSpurt;
    }

    int lastSpurt() {
        return started() ? lastSpeech - spurtStart + 1 : 0;
    }

    int longestSpurt() {
        return longestSpurt;
    }

    int firstPause() {
        return firstPause;
    }

    int lastPause() {
        return lastPause;
    }

    int longestPause() {
        return longestPause;
    }

    int allPauses() {
        return allPauses;
    }
}
