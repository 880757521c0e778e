package io.trunkline.control.dialect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trunkline.control.http.Answer;

/** Counts what is asked of each dialect, by the status that was answered. */
final class RequestCounter {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final MeterRegistry meters;

    RequestCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The registry keeps one counter a dialect and status: both are few, and none of them a client's to choose. */
    void count(Dialect dialect, Answer answer) {
        Counter.builder("trunkline.dialect.requests")
                .description("Requests in other APIs' words, by the status that was answered")
                .tag("dialect", dialect.name())
                .tag("status", String.valueOf(status(answer)))
                .register(meters)
                .increment();
    }

    private static int status(Answer answer) {
        return switch (answer) {
            case Answer.Json json -> json.status();
            case Answer.Text text -> text.status();
            case Answer.Empty(int status) -> status;
            case Answer.Direct _ -> SWITCHING_PROTOCOLS;
        };
    }
}
