package io.trunkline.control.billing;

import io.trunkline.control.call.Admission.Hold;
import io.trunkline.control.call.Admission.Payer;
import io.trunkline.control.call.Money;
import java.time.Duration;

/** An answered call and how far its held money reaches. Of the meter's thread. */
final class MeteredCall {
    /** What a hold covers at creation, and each further one adds. */
    static final Duration STEP = Duration.ofSeconds(60);
    /** More is held when so little is left: the time between a warning and the end. */
    static final Duration LEAD = Duration.ofSeconds(30);
    /** Ended so long before the money's end, so that the second under way is paid too. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Hold hold;
    private final long answeredNanos;
    private final Payer payer;
    private Duration covered = STEP;
    private long askNotBefore;
    private boolean refused;
    private boolean overLimit;
    private boolean ended;

    MeteredCall(Hold hold, long answeredNanos, Payer payer) {
        this.hold = hold;
        this.answeredNanos = answeredNanos;
        this.payer = payer;
        this.askNotBefore = answeredNanos;
    }

    Duration talked(long now) {
        return Duration.ofNanos(Math.max(0, now - answeredNanos));
    }

    /** Time that is billed already, or costs nothing, needs no asking. */
    void extendForFree(long now) {
        while (isShort(now) && nextPrice().isZero()) {
            covered = covered.plus(STEP);
        }
    }

    boolean needsMore(long now) {
        return !ended && isShort(now) && now - askNotBefore >= 0;
    }

    Books.Extension extension() {
        return new Books.Extension(hold.callId(), hold.accountId(), nextPrice());
    }

    void extended(Books.Extended answer, long now) {
        if (answer.granted()) {
            covered = covered.plus(STEP);
            refused = false;
            return;
        }
        askNotBefore = now + ASK_AGAIN.toNanos();
        if (!refused) {
            refused = true;
            overLimit = answer.affordable();
            payer.balanceLow(answer.balance(), Math.max(0, left(now).toSeconds()));
        }
    }

    /** Only a balance that said no ends a call; a database that is away does not. */
    void endIfUnpaid(long now) {
        if (refused && !ended && left(now).compareTo(MARGIN) <= 0) {
            ended = true;
            if (overLimit) {
                payer.spendLimitReached();
            } else {
                payer.balanceGone();
            }
        }
    }

    private boolean isShort(long now) {
        return left(now).compareTo(LEAD) <= 0;
    }

    private Duration left(long now) {
        return covered.minus(talked(now));
    }

    private Money nextPrice() {
        return hold.tariff().cost(covered.plus(STEP)).minus(hold.tariff().cost(covered));
    }
}
