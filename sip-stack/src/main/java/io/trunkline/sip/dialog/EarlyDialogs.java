package io.trunkline.sip.dialog;

import io.trunkline.sip.SipEvent;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The early dialogs of a call out, one for each To tag that answered (a proxy may have forked it). Reports ringing and
 * early media once each, and acknowledges reliable provisionals (RFC 3262).
 */
final class EarlyDialogs {
    private static final int MOST_FORKS = 16;

    private final InviteDialog call;
    private final Map<String, Early> byTag = new HashMap<>();
    private final Set<Integer> rung = new HashSet<>();
    private boolean ringing;

    /** One of them: where it is, the last reliable provisional seen, and the last session description. */
    private static final class Early {
        final DialogPath path;
        long rseq = -1;
        String sdp = "";

        Early(DialogPath path) {
            this.path = path;
        }
    }

    EarlyDialogs(InviteDialog call) {
        this.call = call;
    }

    /** Whether anything more than 100 came: somebody may have heard it ring. */
    boolean ringing() {
        return ringing;
    }

    /** The highest CSeq used with this tag: PRACKs count (RFC 3262 4). */
    long seq(String tag) {
        Early early = byTag.get(tag);
        return early == null ? 0 : early.path.localSeq();
    }

    /** Whether our offer has its answer there, by a provisional that we acknowledged. */
    boolean agreed(String tag) {
        Early early = byTag.get(tag);
        return early != null && early.rseq >= 0 && !early.sdp.isEmpty();
    }

    /** {@code from} is who sent it: its credentials, and nobody else's, are for its challenges. */
    void onProvisional(SipRequest invite, SipResponse response, Ways.Way from) {
        ringing = true;
        String tag = response.toTag();
        if (!byTag.containsKey(tag) && byTag.size() >= MOST_FORKS) {
            return;
        }
        Early early = byTag.computeIfAbsent(tag, t -> new Early(DialogPath.ofCaller(invite, response)));
        if (!tag.isEmpty() && reliable(response) && !acknowledge(early, invite, response, from)) {
            return; // a repetition, or out of order
        }
        String sdp = response.sdp().orElse("");
        boolean media = !sdp.isEmpty() && !sdp.equals(early.sdp);
        if ((response.code() == 180 || sdp.isEmpty()) && rung.add(response.code())) {
            call.emit(new SipEvent.Ringing(response.code()));
        }
        if (media) {
            early.sdp = sdp;
            call.emit(new SipEvent.EarlyMedia(response.code(), sdp));
        }
    }

    private static boolean reliable(SipResponse response) {
        return response.headers().lists("Require", "100rel")
                && response.header("RSeq").isPresent();
    }

    /** RFC 3262 4: false for one already acknowledged or ahead of its turn. */
    private boolean acknowledge(Early early, SipRequest invite, SipResponse response, Ways.Way from) {
        String text = response.header("RSeq").orElse("").strip();
        long rseq = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
        if (rseq < 0 || (early.rseq >= 0 && rseq != early.rseq + 1)) {
            return false;
        }
        early.rseq = rseq;
        Headers rack = Headers.NONE.with("RAck", rseq + " " + invite.cseq() + " INVITE");
        new Exchange(
                        call.ground.wire(),
                        call.strand,
                        call.ground.hop(early.path.nextHopUri(), from.hop(), call.trunk),
                        from.digest(),
                        () -> early.path.request("PRACK", early.path.nextSeq(), rack, ""),
                        outcome -> {})
                .start();
        return true;
    }
}
