package io.trunkline.sip.trunk;

import io.trunkline.sip.SipEnd;
import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.SipMessage;
import io.trunkline.sip.wire.SipResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each final response means, whose fault it is, and whether another host may be tried after it. */
public final class FinalCodes {
    private static final Pattern Q850 = Pattern.compile("(?i)Q\\.850\\s*;.*?cause\\s*=\\s*(\\d{1,3})");

    private static final Pattern UNHEARD =
            Pattern.compile("(?i)\\bSIP\\s*;.*?cause\\s*=\\s*408\\b.*\\b(?:RTP|media)\\b");

    /** Somebody, or the callee's own network, has decided: another way would only ring again. */
    private static final Set<Integer> DECIDED = Set.of(480, 486, 487, 600, 603, 604, 606, 607, 608);

    private FinalCodes() {}

    /**
     * The end that a final response brings.
     *
     * @param rang whether a person may have heard it ring: then nothing else is tried
     */
    public static SipEnd end(SipResponse response, Trunk trunk, boolean rang) {
        int code = response.code();
        Reason reason = trunk.profile()
                .filter(WhatsAppCodes.PROFILE::equals)
                .flatMap(_ -> WhatsAppCodes.reason(
                        code,
                        response.phrase() + " " + response.header("Warning").orElse("")))
                .orElseGet(() -> reason(code));
        return new SipEnd(
                fault(reason, code),
                reason,
                code,
                response.phrase(),
                q850(response),
                response.header("Warning"),
                false,
                !rang && elsewhere(code, trunk),
                response.headers().asMap());
    }

    /** No answer at all, or a transport that failed. */
    public static SipEnd unreachable(Reason reason, String what, boolean elsewhere) {
        return new SipEnd(Fault.NETWORK, reason, 0, what, Optional.empty(), Optional.empty(), false, elsewhere);
    }

    static boolean elsewhere(int code, Trunk trunk) {
        if (DECIDED.contains(code)) {
            return false;
        }
        boolean theirs = code == 408 || code / 100 == 5;
        return theirs || trunk.failoverCodes().contains(code);
    }

    private static Reason reason(int code) {
        return switch (code) {
            case 486, 600 -> Reason.BUSY;
            case 603, 607, 608 -> Reason.DECLINED;
            case 408, 480, 487 -> Reason.NO_ANSWER;
            case 404, 410, 416, 484, 485, 604 -> Reason.NOT_FOUND;
            case 401, 407 -> Reason.AUTH_FAILED;
            case 402, 403, 433 -> Reason.FORBIDDEN;
            case 406, 415, 488, 606 -> Reason.NOT_ACCEPTABLE;
            case 400, 405, 413, 414, 420, 421, 422, 423, 428, 436, 437, 438 -> Reason.BAD_REQUEST;
            default -> code < 400 ? Reason.REDIRECTED : Reason.TRUNK_ERROR;
        };
    }

    private static Fault fault(Reason reason, int code) {
        return switch (reason) {
            case AUTH_FAILED, BAD_REQUEST, HOST_MISMATCH -> Fault.OURS;
            case NOT_FOUND, NO_PERMISSION, LIMIT_REACHED, DUPLICATE_CALL -> Fault.CALLER;
            default -> code == 408 || code == 504 ? Fault.NETWORK : Fault.THEIRS;
        };
    }

    /** What a BYE says beside that it is one (RFC 3326): a carrier that heard no media hangs up with SIP's 408. */
    public static Reason hangup(SipMessage bye) {
        boolean deaf = bye.headers().all("Reason").stream()
                .anyMatch(value -> UNHEARD.matcher(value).find());
        return deaf ? Reason.MEDIA_TIMEOUT : Reason.HANGUP_REMOTE;
    }

    /** The cause value of a Reason header (RFC 3326). */
    public static Optional<Integer> q850(SipMessage message) {
        for (String value : message.headers().all("Reason")) {
            Matcher matcher = Q850.matcher(value);
            if (matcher.find()) {
                return Optional.of(Integer.valueOf(matcher.group(1)));
            }
        }
        return Optional.empty();
    }
}
