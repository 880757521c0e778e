/**
 * SIP messages in our own words, and the port through which they leave and arrive. The rest of the stack is written
 * against this package; {@code jain} implements it.
 *
 * <p>Threads: everything here is immutable, or an interface that says which thread calls it.
 */
@NullMarked
package io.trunkline.sip.wire;

import org.jspecify.annotations.NullMarked;
