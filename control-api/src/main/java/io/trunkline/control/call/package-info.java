/**
 * The home of call control, in plain Java: no Vert.x, no SQL, no SIP library. {@link
 * io.trunkline.control.call.Calls} is the only door for HTTP; {@code CallMachine}
 * decides, as a pure function, what happens next.
 *
 * <p>Threads: a call belongs to its mailbox, the one context chosen by the hash of its id.
 */
@NullMarked
package io.trunkline.control.call;

import org.jspecify.annotations.NullMarked;
