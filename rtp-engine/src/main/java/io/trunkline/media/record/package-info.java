/**
 * Recording: half-second buffers from the media loop, written beside a checksummed index, finished into a WAV file.
 *
 * <p>Threads: {@link io.trunkline.media.record.LegRecorder} belongs to the leg's media loop, files belong to the writer's
 * own thread, finishing (checksum of the whole, sync) runs on virtual threads. A slow disk drops and counts; no loop
 * ever waits for it.
 */
@NullMarked
package io.trunkline.media.record;

import org.jspecify.annotations.NullMarked;
