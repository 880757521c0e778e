/** SIP peers for tests: a phone scripted message by message, a recorder of events, and SIPp as a process. */
@NullMarked
package io.trunkline.sip.testing;

import org.jspecify.annotations.NullMarked;
