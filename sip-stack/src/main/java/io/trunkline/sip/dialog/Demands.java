package io.trunkline.sip.dialog;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a first INVITE insists on and does not get here. */
public final class Demands {
    static final String EXTENSIONS = "100rel, timer, replaces";
    private static final Set<String> KNOWN = Set.of(EXTENSIONS.split(", "));

    private Demands() {}

    /** The refusal that says what we lack or want instead; empty when the call may be offered. */
    public static Optional<SipResponse> unmet(SipRequest invite, Trunk trunk) {
        String strange = strange(invite);
        if (!strange.isEmpty()) {
            return Optional.of(SipResponse.of(420, "Bad Extension").with("Unsupported", strange));
        }
        if (!invite.headers().all("Replaces").isEmpty() && Replaces.of(invite).isEmpty()) {
            return Optional.of(SipResponse.of(400, "Bad Replaces")); // RFC 3891 3: one, and readable
        }
        return SessionTimer.tooSmall(invite, trunk);
    }

    /** RFC 3261 8.2.2.3: the required extensions that we do not have. */
    private static String strange(SipRequest invite) {
        return invite.headers().all("Require").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty() && !KNOWN.contains(tag.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }
}
