package io.trunkline.media.amd.train;

import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.Forest;
import io.trunkline.media.amd.Sampling;

/** Teaches the detector of speech from the clips' turns. */
final class VoiceTraining {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(80, 4, 0.15, 0.5, 0.7, 20);
    private static final int EVERY_MS = 100;
    /** Inside a turn, what stands this little above the noise is a pause of which the manifest does not tell. */
    private static final float PAUSE_DB = 6;

    private static final int ABOVE_FLOOR = 8;

    private VoiceTraining() {}

    static Forest train(Iterable<Table> clips, long seed) {
        Table all = new Table(Sampling.VOICE_FEATURES);
        clips.forEach(all::addAll);
        return new Boosting(SETTINGS, seed).grow(all);
    }

    /** One clip's frames; they need no model, so they serve every training. */
    static Table rows(Corpus.Sound sound) {
        Table table = new Table(Sampling.VOICE_FEATURES);
        Clip clip = sound.clip();
        boolean signal = clip.label() == AmdVerdict.FAX || clip.label() == AmdVerdict.TONE;
        Sampling.voice(sound.samples(), (features, ms) -> {
            // frames are 10 ms apart but offset by the delay, so the remainder picks every tenth of them
            if (Math.floorMod(ms, EVERY_MS) >= 10 || ms < 0 || ms > clip.lengthMs()) {
                return;
            }
            boolean inTurn = clip.speaksAt(ms);
            // special information tones come with an announcement of which the manifest does not tell
            boolean unclear = inTurn && (signal ? clip.subtype().equals("sit") : features[ABOVE_FLOOR] < PAUSE_DB);
            if (!unclear) {
                table.add(features.clone(), inTurn && !signal ? 1 : 0, inTurn ? 1 : 1.5f);
            }
        });
        return table;
    }
}
