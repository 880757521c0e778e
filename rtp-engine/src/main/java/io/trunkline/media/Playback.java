package io.trunkline.media;

/**
 * One thing to play.
 *
 * @param id the caller's id; every event about it carries it
 * @param repeats how often, 0 for until stopped
 * @param gainDb louder or quieter
 * @param interrupts drop what is queued and playing before it
 */
public record Playback(String id, AudioSource source, int repeats, double gainDb, boolean interrupts) {
    public static Playback once(String id, AudioSource source) {
        return new Playback(id, source, 1, 0, false);
    }
}
