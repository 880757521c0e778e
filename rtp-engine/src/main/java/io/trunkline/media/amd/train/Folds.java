package io.trunkline.media.amd.train;

/** Deals voices and texts into groups; what nobody speaks in is dealt by its name. */
record Folds(int count) {
    int voice(Clip clip) {
        return of(clip.spoken() ? clip.voiceGroup() : clip.name());
    }

    int text(Clip clip) {
        return of(clip.spoken() ? clip.textGroup() : clip.name() + " ");
    }

    private int of(String group) {
        int mixed = group.hashCode() * 0x2c1b3c6d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x297a2d39;
        return Math.floorMod(mixed ^ (mixed >>> 13), count);
    }
}
