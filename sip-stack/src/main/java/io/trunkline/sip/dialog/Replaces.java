package io.trunkline.sip.dialog;

import io.trunkline.sip.wire.NameAddr;
import io.trunkline.sip.wire.SipRequest;
import java.util.List;
import java.util.Optional;

/**
 * The dialog that an INVITE asks to take the place of (RFC 3891 6.1), named as its receiver knows it.
 *
 * @param toTag ours
 * @param fromTag the peer's
 * @param earlyOnly whether it must not have been answered
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    /** Empty for a header that names no dialog. */
    public static Optional<Replaces> of(SipRequest invite) {
        List<String> headers = invite.headers().all("Replaces");
        return headers.size() == 1 ? parse(headers.getFirst()) : Optional.empty();
    }

    private static Optional<Replaces> parse(String header) {
        NameAddr pieces = NameAddr.parse(header);
        Optional<String> to = pieces.param("to-tag").filter(tag -> !tag.isEmpty());
        Optional<String> from = pieces.param("from-tag").filter(tag -> !tag.isEmpty());
        boolean sound = !pieces.uri().isEmpty() && to.isPresent() && from.isPresent();
        return sound
                ? Optional.of(new Replaces(
                        pieces.uri(),
                        to.get(),
                        from.get(),
                        pieces.param("early-only").isPresent()))
                : Optional.empty();
    }
}
