/**
 * Measures the engine as it is shipped: {@code bench media} runs real calls against a sink in another process.
 *
 * <p>Threads: the main thread drives; the sink, in its own process, has one thread that receives and one that sends.
 */
@NullMarked
package io.trunkline.media.bench;

import org.jspecify.annotations.NullMarked;
