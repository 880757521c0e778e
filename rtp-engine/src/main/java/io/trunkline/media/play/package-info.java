/**
 * Playback: what a leg says, one thing after another, and where it comes from.
 *
 * <p>Threads: {@link io.trunkline.media.play.PlayQueue} belongs to the leg's media loop; sources run on virtual threads
 * and reach it through growing prompts and bounded queues; the cache is for any thread.
 */
@NullMarked
package io.trunkline.media.play;

import org.jspecify.annotations.NullMarked;
