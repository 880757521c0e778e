package io.trunkline.sip.dialog;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.SipMessage;
import io.trunkline.sip.wire.SipResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Session timers (RFC 4028): what is agreed, and when to refresh or to give up. */
final class SessionTimer {
    private static final Timers.Timer UNSET = () -> {};

    /** What an INVITE of ours asks for; a 422 may raise it once. */
    static final class Offer {
        private final boolean enabled;
        private long expires;
        private long minimum;
        private boolean raised;

        private Offer(Trunk.SessionTimer policy) {
            this.enabled = policy.enabled();
            this.expires = policy.expires().toSeconds();
            this.minimum = policy.minimum().toSeconds();
        }

        String supported() {
            return enabled ? "100rel, timer" : "100rel";
        }

        Headers headers() {
            return enabled
                    ? Headers.NONE
                            .with("Session-Expires", Long.toString(expires))
                            .with("Min-SE", Long.toString(minimum))
                    : Headers.NONE;
        }

        /** RFC 4028 7.3: true when the 422 says how long it must be, the first time. */
        boolean raise(SipResponse response) {
            long wanted = seconds(response.header("Min-SE"));
            if (!enabled || raised || wanted <= 0 || wanted > 86_400) {
                return false;
            }
            raised = true;
            minimum = Math.max(minimum, wanted);
            expires = Math.max(expires, wanted);
            return true;
        }
    }

    private final InviteDialog call;
    private final Runnable refresh;
    private final Runnable expired;
    private Timers.Timer next = UNSET;
    private long interval;
    private boolean ours;

    SessionTimer(InviteDialog call, Runnable refresh, Runnable expired) {
        this.call = call;
        this.refresh = refresh;
        this.expired = expired;
    }

    static Offer offer(Trunk trunk) {
        return new Offer(trunk.sessionTimer());
    }

    /** Starts from a 2xx of the peer: without Session-Expires there is no timer (RFC 4028 7.2). */
    void agreed(SipMessage ok) {
        long seconds = seconds(ok.header("Session-Expires").or(() -> ok.header("x")));
        boolean uac = !refresher(ok).equals("uas");
        set(seconds, uac);
    }

    /** What our 2xx to this request says; starts the timer. The peer refreshes where it can. */
    Headers answer(SipMessage request) {
        long seconds = seconds(request.header("Session-Expires").or(() -> request.header("x")));
        if (seconds <= 0 || !call.trunk.sessionTimer().enabled()) {
            set(0, false);
            return Headers.NONE;
        }
        boolean theyCan = request.headers().lists("Supported", "timer");
        boolean theirs = theyCan && !refresher(request).equals("uas");
        set(seconds, !theirs);
        Headers headers = Headers.NONE.with("Session-Expires", seconds + ";refresher=" + (theirs ? "uac" : "uas"));
        return theyCan ? headers.with("Require", "timer") : headers;
    }

    /** A 422 with our Min-SE, when the request asks for too short an interval (RFC 4028 9). */
    static Optional<SipResponse> tooSmall(SipMessage request, Trunk trunk) {
        long seconds = seconds(request.header("Session-Expires"));
        long minimum = trunk.sessionTimer().minimum().toSeconds();
        boolean refuse = seconds > 0
                && seconds < minimum
                && trunk.sessionTimer().enabled()
                && request.headers().lists("Supported", "timer");
        return refuse
                ? Optional.of(SipResponse.of(422, "Session Interval Too Small").with("Min-SE", Long.toString(minimum)))
                : Optional.empty();
    }

    /** What our own refresh carries. */
    Headers request() {
        return interval == 0
                ? Headers.NONE
                : Headers.NONE
                        .with("Supported", "timer")
                        .with("Session-Expires", interval + ";refresher=" + (ours ? "uac" : "uas"))
                        .with(
                                "Min-SE",
                                Long.toString(
                                        call.trunk.sessionTimer().minimum().toSeconds()));
    }

    private void set(long seconds, boolean weRefresh) {
        next.cancel();
        interval = seconds;
        ours = weRefresh;
        next = UNSET;
        if (seconds <= 0) {
            return;
        }
        // RFC 4028 10: refresh at half; the other side gives up min(32 s, a third) before the end
        Duration delay = ours
                ? Duration.ofSeconds(seconds).dividedBy(2)
                : Duration.ofSeconds(seconds - Math.min(32, seconds / 3));
        next = call.after(delay, ours ? refresh : expired);
    }

    void stop() {
        next.cancel();
    }

    private static String refresher(SipMessage message) {
        String value = message.header("Session-Expires").orElse("").toLowerCase(Locale.ROOT);
        int at = value.indexOf("refresher=");
        return at < 0 ? "" : value.substring(at + 10).split("[;\\s]", 2)[0];
    }

    private static long seconds(Optional<String> header) {
        String number = header.orElse("").strip().split("[;\\s]", 2)[0];
        return number.matches("\\d{1,9}") ? Long.parseLong(number) : 0;
    }
}
