package io.trunkline.sip.dialog;

import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;

/** What became of a request, once its challenges were answered. */
sealed interface Outcome {
    /** A final response. */
    record Answered(SipRequest request, SipResponse response) implements Outcome {}

    /** Nobody answered in time. */
    record Silent() implements Outcome {}

    /** The transport failed. */
    record Broken(String why, boolean tls) implements Outcome {}
}
