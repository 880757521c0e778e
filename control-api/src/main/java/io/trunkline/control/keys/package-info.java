/**
 * Keys that things are sealed with before they are put down: recordings and the secrets of the configuration.
 *
 * <p>Threads: a ring of keys never changes once read, and any thread may use it.
 */
@NullMarked
package io.trunkline.control.keys;

import org.jspecify.annotations.NullMarked;
