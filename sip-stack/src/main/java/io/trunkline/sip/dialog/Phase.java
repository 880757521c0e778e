package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipResponse;

/** What a call is in the middle of. Commands that make no sense in a phase do nothing. */
interface Phase {
    default void ring(String sdp) {}

    default void answer(String sdp) {}

    default void reject(int code, String phrase) {}

    void hangup(SipEnd.Reason reason);

    default void reinvite(String sdp) {}

    default void refer(String target) {}

    default void referReplacing(String referTo) {}

    /** Our dialog as a Refer-To that lets somebody take our place; empty before an answer. */
    default String replaceable() {
        return "";
    }

    default void transferStatus(int code, String phrase) {}

    default void info(char digit, int durationMs) {}

    void onRequest(ServerTx request);

    /** A 2xx whose transaction is gone. */
    default void onStray(SipResponse response) {}

    default String snapshot() {
        return "";
    }
}
