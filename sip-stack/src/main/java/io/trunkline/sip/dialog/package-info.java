/**
 * Dialogs: one {@link io.trunkline.sip.dialog.InviteDialog} for a call in either direction, and what it is made of.
 *
 * <p>Threads: a call's {@link io.trunkline.sip.dialog.Strand} owns everything of that call. It runs on a virtual thread
 * while there is work, so a send that blocks for a connection delays no other call.
 */
@NullMarked
package io.trunkline.sip.dialog;

import org.jspecify.annotations.NullMarked;
