package io.trunkline.control.call;

import io.trunkline.sip.SipCall;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a refusal means to whoever asked: the caller at the carrier, or the owner of a line that is taken. */
final class Refusal {
    private Refusal() {}

    /** A carrier tries 503 elsewhere; what no other route would change is not 503. */
    static void tell(SipCall sip, Throwable failure) {
        switch (bare(failure)) {
            case CallRefused refused when refused.status() == 429 -> sip.reject(486, "Busy Here");
            case CallRefused refused
            when refused.status() == 402 || refused.status() == 403 -> sip.reject(480, "Temporarily Unavailable");
            default -> sip.reject(503, "Service Unavailable");
        }
    }

    /** Where another node's call has taken the line meanwhile, that call is the answer. */
    static <T> CompletionStage<T> otherwise(CompletionStage<T> placed, Function<String, CompletionStage<T>> existing) {
        return placed.exceptionallyCompose(failure -> bare(failure) instanceof CallRefused refused
                        && refused.otherCall().isPresent()
                ? existing.apply(refused.otherCall().get())
                : placed);
    }

    private static Throwable bare(@Nullable Throwable failure) {
        Throwable given = Objects.requireNonNull(failure);
        return given instanceof CompletionException && given.getCause() != null ? given.getCause() : given;
    }
}
