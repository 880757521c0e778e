package io.trunkline.control.call;

import io.trunkline.sip.SipEnd;
import java.util.Locale;
import java.util.Optional;

/** From how a carrier ended a call to what the API says of it. */
final class Endings {
    private Endings() {}

    /** The final status of a call that the far side, the network or a timeout ended. */
    static CallStatus status(SipEnd end) {
        if (end.answered()) {
            return CallStatus.COMPLETED;
        }
        return switch (end.sipCode()) {
            case 486, 600 -> CallStatus.BUSY;
            case 603, 607, 608 -> CallStatus.REJECTED;
            case 408, 480, 487 -> CallStatus.NO_ANSWER;
            default -> end.reason() == SipEnd.Reason.RING_TIMEOUT ? CallStatus.NO_ANSWER : CallStatus.FAILED;
        };
    }

    static CallCause cause(SipEnd end) {
        return new CallCause(
                end.reason().name().toLowerCase(Locale.ROOT),
                end.fault(),
                end.sipCode() == 0 ? Optional.empty() : Optional.of(end.sipCode()),
                end.phrase().isEmpty() ? Optional.empty() : Optional.of(end.phrase()),
                end.q850(),
                text(end));
    }

    static CallCause cause(CallInput.HangupBy by) {
        SipEnd.Fault fault =
                switch (by) {
                    case API,
                            SCRIPT,
                            BROWSER,
                            GUEST,
                            PARTNER,
                            TRANSFERRED,
                            MAX_DURATION,
                            RING_OVER,
                            BALANCE,
                            SPEND_LIMIT,
                            QUEUE_TIMEOUT -> SipEnd.Fault.CALLER;
                    case NOT_DIALLED -> SipEnd.Fault.NETWORK;
                    case DRAINING, OVERLOAD, INTERNAL -> SipEnd.Fault.OURS;
                };
        return new CallCause(by.code(), fault, Optional.empty(), Optional.empty(), Optional.empty(), by.text());
    }

    static CallCause ours(String code, String text) {
        return new CallCause(code, SipEnd.Fault.OURS, Optional.empty(), Optional.empty(), Optional.empty(), text);
    }

    static CallCause theirs(String code, String text) {
        return new CallCause(code, SipEnd.Fault.THEIRS, Optional.empty(), Optional.empty(), Optional.empty(), text);
    }

    private static String text(SipEnd end) {
        String said = end.sipCode() == 0 ? "" : " (" + (end.sipCode() + " " + end.phrase()).strip() + ")";
        return words(end.reason()) + said
                + end.warning().map(w -> "; the carrier warns: " + w).orElse("") + retry(end) + ".";
    }

    private static String retry(SipEnd end) {
        String wait = end.headers().getOrDefault("retry-after", "").split("[ ;(]", 2)[0];
        return !end.answered() && wait.matches("\\d{1,6}") ? "; it asks not to be tried for " + wait + " s" : "";
    }

    private static String words(SipEnd.Reason reason) {
        return switch (reason) {
            case HANGUP_LOCAL -> "Ended by us";
            case HANGUP_REMOTE -> "The far side hung up";
            case CANCELLED -> "Cancelled before an answer";
            case RING_TIMEOUT -> "Nobody answered within the ring timeout";
            case BUSY -> "The number is busy";
            case DECLINED -> "The call was declined";
            case NO_ANSWER -> "Nobody answered";
            case NOT_FOUND -> "The carrier does not know this number";
            case FORBIDDEN -> "The carrier forbids this call: check the caller id and the account at the carrier";
            case NO_PERMISSION ->
                "The person has not allowed this business to call: ask for the permission, or wait until it is given";
            case LIMIT_REACHED -> "The carrier's limit of calls is reached: try again later";
            case DUPLICATE_CALL -> "A call between the two is up already";
            case HOST_MISMATCH ->
                "The carrier has another host on file for this number: set the trunk's identity.from_host to it";
            case MEDIA_TIMEOUT -> "The carrier heard no media from us: check the network's way out for RTP";
            case AUTH_FAILED -> "The carrier refused our credentials: check the trunk's auth";
            case NOT_ACCEPTABLE -> "The far side accepts none of the media we offer: check the trunk's codecs and srtp";
            case TRUNK_UNREACHABLE -> "No host of the trunk answered: check its hosts and the network";
            case TLS_FAILED -> "TLS with the trunk failed: check its certificate and tls settings";
            case TRUNK_ERROR -> "The carrier failed";
            case REDIRECTED -> "The carrier redirected the call, which this trunk does not allow";
            case SESSION_EXPIRED -> "The far side stopped refreshing the session";
            case BAD_REQUEST -> "The carrier did not accept our request";
            case INTERNAL -> "Trunkline failed on this call: please report it with the call's id";
        };
    }
}
