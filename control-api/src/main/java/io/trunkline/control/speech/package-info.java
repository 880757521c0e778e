/**
 * Which voice speaks: the installed synthesizers, those behind HTTP, and what a request's {@code voice} and {@code
 * language} pick among them.
 *
 * <p>Threads: choosing happens on the caller's thread; synthesis blocks, on virtual threads of the media engine.
 */
@NullMarked
package io.trunkline.control.speech;

import org.jspecify.annotations.NullMarked;
