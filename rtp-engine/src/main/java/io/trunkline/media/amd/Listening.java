package io.trunkline.media.amd;

/** The chain up to the features: ear, two detectors of speech, what is known of turns, prosody and surroundings. */
final class Listening {
    private static final float SPEECH = 0.5f;
    /** People speak at -35 dBFS and above, their loudest vowels higher still; fainter talk is the room's. */
    private static final float FAINTEST_DB = -39;

    private static final float LOUD_BELOW_PEAK_DB = 15;
    private static final float LOUD_ABOVE_FLOOR_DB = 8;
    private static final float TONE = 0.9f;
    /** A vowel may be this pure for this long; what lasts longer is no speech. */
    private static final int TONE_MS = 70;

    private static final int PURE_TONE_MS = 30;
    private static final float PURE = 0.95f;

    private final Ear ear = new Ear();
    private final VoiceFeatures voiceFeatures = new VoiceFeatures();
    private final Forest voiceModel;
    private final ToneTracker tones = new ToneTracker();
    private final Turns turns = new Turns();
    private final Turns loudTurns = new Turns();
    private final Prosody prosody = new Prosody();
    private final Surroundings surroundings = new Surroundings();
    private final Recent half = new Recent(50);
    private final Recent second = new Recent(100);
    private final Spread speechVoice = new Spread();
    private float voice;

    Listening(Forest voiceModel) {
        this.voiceModel = voiceModel;
    }

    void hear(float[] window) {
        ear.hear(window);
        voiceFeatures.update(ear);
        tones.update(ear);
        boolean mute = ear.empty() || toneSounds();
        voice = mute ? 0 : voiceModel.probability(voiceFeatures.values());
        half.add(voice);
        second.add(voice);
        boolean speech = voice > SPEECH && ear.peak() > FAINTEST_DB;
        turns.update(ear.frame(), speech);
        loudTurns.update(ear.frame(), !mute && loud());
        if (speech) {
            prosody.update(ear);
            speechVoice.add(voice);
        }
        surroundings.update(ear, turns);
    }

    private boolean loud() {
        return ear.level() > ear.peak() - LOUD_BELOW_PEAK_DB
                && ear.level() > ear.floor() + LOUD_ABOVE_FLOOR_DB
                && ear.tonality().single() < TONE;
    }

    Ear ear() {
        return ear;
    }

    ToneTracker tones() {
        return tones;
    }

    /** A tone is under way: no time to judge speech. */
    boolean toneSounds() {
        return tones.currentMs() > (ear.tonality().wide() > PURE ? PURE_TONE_MS : TONE_MS);
    }

    VoiceFeatures voiceFeatures() {
        return voiceFeatures;
    }

    /** The probability that somebody speaks now. */
    float voice() {
        return voice;
    }

    /** Its mean over the last half second (0) or second (1). */
    float recentVoice(int which) {
        return which == 0 ? half.mean() : second.mean();
    }

    /** Its mean over what was taken for speech. */
    float speechVoice() {
        return speechVoice.mean();
    }

    /** By the learned detector. */
    Turns turns() {
        return turns;
    }

    /** By what stands out in level, which leaves a television or a crowd behind the speaker out. */
    Turns loudTurns() {
        return loudTurns;
    }

    Prosody prosody() {
        return prosody;
    }

    Surroundings surroundings() {
        return surroundings;
    }
}
