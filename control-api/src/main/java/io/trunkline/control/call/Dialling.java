package io.trunkline.control.call;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A request that waits until its call is on the wire; one that cannot be sent in time is ended and refused. */
final class Dialling {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Dialling() {}

    static CompletionStage<CallSnapshot> of(Call call, CallTimers timers) {
        CallTimers.Scheduled late =
                timers.schedule(PATIENCE, () -> call.post(new CallInput.Hangup(CallInput.HangupBy.NOT_DIALLED)));
        return call.dialled().thenApply(shown -> {
            late.cancel();
            if (shown.times().dialingAt().isEmpty()) {
                throw CallRefused.of(
                        502,
                        "originate_failed",
                        "Call " + shown.id() + " could not be dialled: "
                                + shown.cause().map(CallCause::text).orElse("it ended"));
            }
            return shown;
        });
    }
}
