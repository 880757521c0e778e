/**
 * The commands of the launcher that are not the server: {@code doctor} and {@code call}.
 *
 * <p>Threads: each is a program of its own that does one thing after the other on its main thread.
 */
@NullMarked
package io.trunkline.control.cli;

import org.jspecify.annotations.NullMarked;
