package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipResponse;
import java.util.function.Consumer;

/** What a call is in the middle of. Commands that make no sense in a phase do nothing. */
interface Phase {
    default void ring(String sdp) {}

    default void answer(String sdp) {}

    default void reject(int code, String phrase) {}

    void hangup(SipEnd.Reason reason);

    default void reinvite(String sdp) {}

    default void refer(String target) {}

    default void referReplacing(String referTo) {}

    /** Gives our dialog as a Refer-To that lets somebody take our place; empty before an answer. */
    default void replaceable(Consumer<String> then) {
        then.accept("");
    }

    /**
     * Somebody wants the place of the peer (RFC 3891 3). While it rings nobody can have it: of a call in it is not the
     * peer's to give, and one out may yet be answered where it was sent.
     */
    default void replace(Takeover.Claim claim) {
        claim.heir().reject(481, "Call/Transaction Does Not Exist");
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
