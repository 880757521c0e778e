package io.trunkline.control.call;

import java.time.Duration;
import java.util.Optional;

/** Nothing was dialled: {@code code} is one of the API's stable error codes. */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<String> field;
    private final transient Optional<String> otherCall;

    public CallRefused(int status, String code, String message, Optional<String> field, Optional<Duration> retryAfter) {
        this(status, code, message, field, retryAfter, Optional.empty());
    }

    private CallRefused(
            int status,
            String code,
            String message,
            Optional<String> field,
            Optional<Duration> retryAfter,
            Optional<String> otherCall) {
        super(message, null, false, false);
        this.otherCall = otherCall;
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    public static CallRefused invalid(String field, String message) {
        return new CallRefused(400, "invalid_request", message, Optional.of(field), Optional.empty());
    }

    public static CallRefused of(int status, String code, String message) {
        return new CallRefused(status, code, message, Optional.empty(), Optional.empty());
    }

    /** The exclusive line carries this call, perhaps on another node. */
    public static CallRefused lineTaken(String callId) {
        return new CallRefused(
                409,
                "conflict",
                "The line carries another call.",
                Optional.empty(),
                Optional.empty(),
                Optional.of(callId));
    }

    public Optional<String> otherCall() {
        return otherCall;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public Optional<String> field() {
        return field;
    }
}
