/**
 * A corpus out of nothing: calls put together from speech programs, tones, noises and line faults, each labelled with
 * its truth. Deterministic for a seed and a set of installed voices. For training and tests; never run in a call.
 *
 * <p>Threads: everything runs on the thread that started it.
 */
@NullMarked
package io.trunkline.media.amd.synth;

import org.jspecify.annotations.NullMarked;
