package io.trunkline.media.ice;

import java.util.concurrent.ThreadLocalRandom;

/** Whether the peer still wants what we send (RFC 7675 section 5.1). */
final class Consent {
    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final long LIFETIME_NANOS = 30_000_000_000L;

    private byte[] transaction = new byte[0];
    private long dueNanos;
    private long grantedNanos;

    Consent(long nowNanos) {
        granted(nowNanos);
        schedule(nowNanos);
    }

    /** Randomised by a fifth, so that many calls do not ask in step. */
    private void schedule(long nowNanos) {
        dueNanos =
                nowNanos + (long) (INTERVAL_NANOS * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** Each request is a transaction of its own and never sent again. */
    byte[] ask(long nowNanos) {
        schedule(nowNanos);
        transaction = CandidatePair.newTransaction();
        return transaction;
    }

    boolean isAnsweredBy(StunMessage response) {
        return transaction.length > 0 && response.hasTransaction(transaction);
    }

    void granted(long nowNanos) {
        grantedNanos = nowNanos;
    }

    boolean isLost(long nowNanos) {
        return nowNanos - grantedNanos > LIFETIME_NANOS;
    }
}
