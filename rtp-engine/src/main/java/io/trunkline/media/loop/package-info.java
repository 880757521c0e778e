/**
 * The media threads: each owns its calls and gives every one of them its millisecond, fifty times a second.
 *
 * <p>Threads: {@link io.trunkline.media.loop.MediaLoop#execute} and the published statistics are for any thread;
 * everything else belongs to the loop's own thread.
 */
@NullMarked
package io.trunkline.media.loop;

import org.jspecify.annotations.NullMarked;
