/**
 * The web console's files, served as they lie in the class path. All that the console knows and does goes through the
 * native API, as any other client's.
 *
 * <p>Threads: the event loop of the request; a file is read and compressed once, at its first use.
 */
@NullMarked
package io.trunkline.control.console;

import org.jspecify.annotations.NullMarked;
