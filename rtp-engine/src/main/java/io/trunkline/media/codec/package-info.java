/**
 * Codecs and sample rates: pure functions of samples and bytes.
 *
 * <p>Threads: an encoder, decoder, resampler or concealment belongs to the one thread that runs its leg (or renders its
 * prompt) and is not shared; the tables behind them are immutable. Nothing here reads a clock, a socket or a lock, and
 * nothing allocates after construction.
 */
@NullMarked
package io.trunkline.media.codec;

import org.jspecify.annotations.NullMarked;
