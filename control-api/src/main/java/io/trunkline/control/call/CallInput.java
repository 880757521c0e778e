package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.Negotiation;
import io.trunkline.sip.SipEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can happen to a call; what a mailbox holds. */
sealed interface CallInput {
    record Start() implements CallInput {}

    /** The leg is open; {@code offer} is our SDP where we make the offer, the answer where the caller did. */
    record MediaOpened(String sdp) implements CallInput {}

    record MediaRefused(String reason, String detail) implements CallInput {}

    record Negotiated(Negotiation outcome) implements CallInput {}

    record Sip(SipEvent event) implements CallInput {}

    record Media(MediaEvent event) implements CallInput {}

    /** Of a stream or an agent. */
    record Live(LiveEvent event) implements CallInput {}

    record Command(Verb verb) implements CallInput {}

    record Hangup(HangupBy by) implements CallInput {}

    record Timer(CallTimer name) implements CallInput {}

    record Browser(BrowserEvent event) implements CallInput {}

    record ScriptArrived(List<Verb> verbs) implements CallInput {}

    record ScriptFailed(String detail) implements CallInput {}

    /** The trunk that was to be tried next has no free channel. */
    record TrunkFull() implements CallInput {}

    /** What is held pays for {@code secondsLeft} more, and the balance for nothing beyond. */
    record BalanceLow(Money balance, long secondsLeft) implements CallInput {}

    record Annotate(Optional<String> tag, Optional<Map<String, Object>> metadata) implements CallInput {}

    /** What other calls, and rooms, have to say to this one. */
    sealed interface Neighbour extends CallInput {}

    /** Another call wants to be joined with this one. */
    record BridgeAsked(String callId) implements Neighbour {}

    record BridgeAccepted(String callId) implements Neighbour {}

    record BridgeRefused(String callId, String why) implements Neighbour {}

    /** The leg that was asked for exists. */
    record DialPlaced(String callId) implements Neighbour {}

    record DialRefused(String callId, String code, String why) implements Neighbour {}

    /** The leg that was asked for is over. */
    record DialEnded(String callId, CallSnapshot call) implements Neighbour {}

    /** The other call of a bridge has left it. */
    record PartnerLeft(String callId) implements Neighbour {}

    record RoomEntered(String room, int participants) implements Neighbour {}

    record RoomClosed(String room) implements Neighbour {}

    /** Who ends a call that did not end by itself. */
    enum HangupBy {
        API("hangup_api", "Ended by the API."),
        PARTNER("partner_gone", "The call that dialled this one ended."),
        TRANSFERRED("transferred", "The call was handed over."),
        SCRIPT("script_finished", "The call's script came to its end."),
        GUEST("hangup_guest", "The call's stream or agent hung up."),
        MAX_DURATION("max_duration", "The call reached its max_duration."),
        RING_OVER("ring_finished", "The phone rang for as long as it was asked to."),
        BROWSER("browser_gone", "The browser left the call."),
        BALANCE("balance_exhausted", "The account's balance ran out: add credit."),
        SPEND_LIMIT("spend_limit_reached", "The account's spend limit of the day or month was reached: raise it."),
        QUEUE_TIMEOUT(
                "queue_timeout", "No channel became free within the call's wait: raise the limit, or wait longer."),
        NOT_DIALLED(
                "originate_failed",
                "The call could not be put on the wire in the time that the request waited for it."),
        DRAINING("node_draining", "This node was shut down."),
        OVERLOAD("overloaded", "More happened on this call than could be handled."),
        INTERNAL("internal", "Trunkline failed on this call: please report it with the call's id.");

        private final String code;
        private final String text;

        HangupBy(String code, String text) {
            this.code = code;
            this.text = text;
        }

        String code() {
            return code;
        }

        String text() {
            return text;
        }
    }
}
