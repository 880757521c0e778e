/**
 * Text to sound on this machine, without HTTP: programs that write PCM, and a voice that is always there.
 *
 * <p>Threads: everything here blocks and runs on virtual threads; the number of processes at once is bounded.
 */
@NullMarked
package io.trunkline.media.speech;

import org.jspecify.annotations.NullMarked;
