package io.trunkline.control.call;

import java.util.List;
import java.util.Optional;

/**
 * WhatsApp forbids the public telephone network on every leg of a call of its own. Each trunk without its profile counts
 * as a way to that network; a browser, a stream and an agent do not. Any thread.
 */
final class PhoneNetworkRule {
    static final String SENTENCE =
            "WhatsApp allows no call of the public telephone network on a WhatsApp call: join WhatsApp calls with each"
                    + " other, or take them in a browser.";
    private static final String WHATSAPP = "whatsapp";

    private final TrunkDirectory trunks;

    PhoneNetworkRule(TrunkDirectory trunks) {
        this.trunks = trunks;
    }

    boolean isWhatsApp(CallSnapshot call) {
        return call.trunk().filter(this::isWhatsApp).isPresent();
    }

    /** Whether the two may hear each other. */
    boolean mayMeet(CallSnapshot one, CallSnapshot other) {
        return isWhatsApp(one) == isWhatsApp(other);
    }

    /** Whether no trunk that the new leg could take is of the other kind. */
    boolean mayDial(CallSnapshot call, Optional<String> trunk, String to) {
        boolean ours = isWhatsApp(call);
        return candidates(call.owner().accountId(), trunk, to).stream().allMatch(id -> isWhatsApp(id) == ours);
    }

    private List<String> candidates(String accountId, Optional<String> trunk, String to) {
        return trunk.isPresent()
                ? trunks.find(accountId, trunk.get()).map(List::of).orElse(List.of())
                : trunks.route(accountId, to);
    }

    private boolean isWhatsApp(String trunkId) {
        return trunks.profile(trunkId).filter(WHATSAPP::equals).isPresent();
    }
}
