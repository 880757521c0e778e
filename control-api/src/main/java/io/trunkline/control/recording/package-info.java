/**
 * Where finished recordings lie: on disk as they were made, sealed, or in a bucket; how long they are kept.
 *
 * <p>Threads: everything here blocks. {@link io.trunkline.control.recording.Archivist} owns one virtual thread; requests
 * come on workers.
 */
@NullMarked
package io.trunkline.control.recording;

import org.jspecify.annotations.NullMarked;
