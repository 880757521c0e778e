/**
 * Digits in and out: named telephone events (RFC 4733) and the tones themselves (ITU-T Q.23, Q.24).
 *
 * <p>Threads: every receiver, detector and sender belongs to the media loop of its leg. Nothing allocates after
 * construction, time is handed in.
 */
@NullMarked
package io.trunkline.media.dtmf;

import org.jspecify.annotations.NullMarked;
