/**
 * Training and scoring of the detector: a program for a shell, deterministic for a seed, never run in a call.
 *
 * <p>Threads: everything runs on the thread that started it.
 */
@NullMarked
package io.trunkline.media.amd.train;

import org.jspecify.annotations.NullMarked;
