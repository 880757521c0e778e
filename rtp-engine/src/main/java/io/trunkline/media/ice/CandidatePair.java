package io.trunkline.media.ice;

import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** Our socket and one address of the peer, with the state of its check (RFC 8445 section 6.1.2.6). */
final class CandidatePair {
    private static final int ATTEMPTS = 9;
    private static final long FIRST_WAIT_NANOS = 200_000_000L;
    private static final long LONGEST_WAIT_NANOS = 1_600_000_000L;

    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    final InetSocketAddress remote;
    final long priority;
    private State state = State.WAITING;
    private byte[] transaction = new byte[0];
    private int attempts;
    private long dueNanos;
    private boolean nominating;
    /** The controlling peer has chosen this pair; it counts once our own check has come through. */
    private boolean chosenByPeer;

    CandidatePair(InetSocketAddress remote, long priority) {
        this.remote = remote;
        this.priority = priority;
    }

    State state() {
        return state;
    }

    byte[] transaction() {
        return transaction;
    }

    boolean nominating() {
        return nominating;
    }

    boolean chosenByPeer() {
        return chosenByPeer;
    }

    void chooseForPeer() {
        chosenByPeer = true;
    }

    /** Begins a check, at once. */
    void begin(boolean nominate, long nowNanos) {
        transaction = newTransaction();
        nominating = nominate;
        state = nominate ? state : State.IN_PROGRESS;
        attempts = 0;
        dueNanos = nowNanos;
    }

    /** A check that the peer's own one triggers (section 7.3.1.4): also where ours had failed. */
    void trigger(long nowNanos) {
        if (state != State.SUCCEEDED) {
            begin(false, nowNanos);
        }
    }

    boolean isDue(long nowNanos) {
        return transaction.length > 0 && nowNanos - dueNanos >= 0;
    }

    /** One more request goes out; false when it was the last one's turn to be answered. */
    boolean attempt(long nowNanos) {
        if (attempts == ATTEMPTS) {
            transaction = new byte[0];
            state = state == State.IN_PROGRESS ? State.FAILED : state;
            return false;
        }
        dueNanos = nowNanos + Math.min(FIRST_WAIT_NANOS << attempts, LONGEST_WAIT_NANOS);
        attempts++;
        return true;
    }

    void succeed() {
        state = State.SUCCEEDED;
        transaction = new byte[0];
    }

    static byte[] newTransaction() {
        byte[] id = new byte[12];
        ThreadLocalRandom.current().nextBytes(id);
        return id;
    }
}
