package io.trunkline.control.bench;

import java.util.BitSet;

/** One call of the benchmark as its client knows it. Guarded by itself: the client and the webhooks' loop both write. */
final class Journey {
    final String number;
    final long postedMicros;
    private final BitSet webhooks = new BitSet();
    private String id = "";
    private long answeredPostMicros;
    private int lastSeq;
    private boolean outOfOrder;
    private String status = "";

    Journey(String number, long postedMicros) {
        this.number = number;
        this.postedMicros = postedMicros;
    }

    synchronized void onCreated(String callId, long micros) {
        id = callId;
        answeredPostMicros = micros;
    }

    /** At least once is promised: a repeat is fine, an event after its successor is not. */
    synchronized void onWebhook(int seq) {
        outOfOrder |= seq < lastSeq && !webhooks.get(seq);
        webhooks.set(seq);
        lastSeq = Math.max(lastSeq, seq);
    }

    /** @return whether this is the first that is heard of its end */
    synchronized boolean onEnded(String finalStatus) {
        boolean news = status.isEmpty();
        status = finalStatus;
        return news;
    }

    synchronized String id() {
        return id;
    }

    synchronized long postMicros() {
        return answeredPostMicros - postedMicros;
    }

    synchronized boolean completed() {
        return status.equals("completed");
    }

    synchronized String status() {
        return status;
    }

    synchronized boolean ended() {
        return !status.isEmpty();
    }

    synchronized boolean outOfOrder() {
        return outOfOrder;
    }

    synchronized boolean heard(int seq) {
        return webhooks.get(seq);
    }
}
