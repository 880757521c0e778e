package io.trunkline.sip.dialog;

import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Sends a response again and again until it is acknowledged: a 2xx until its ACK (RFC 3261 13.3.1.4), a reliable
 * provisional until its PRACK (RFC 3262 3).
 */
final class Repeater {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);

    private final Ground ground;
    private final Executor strand;
    private final ServerTx transaction;
    private final SipResponse response;
    private final Runnable onGivenUp;
    private final Timers.Timer end;
    private Timers.Timer next;
    private Duration interval = T1;
    private boolean stopped;

    Repeater(Ground ground, Executor strand, ServerTx transaction, SipResponse response, Runnable onGivenUp) {
        this.ground = ground;
        this.strand = strand;
        this.transaction = transaction;
        this.response = response;
        this.onGivenUp = onGivenUp;
        this.next = ground.timers().after(interval, () -> strand.execute(this::again));
        this.end = ground.timers().after(T1.multipliedBy(64), () -> strand.execute(this::giveUp));
    }

    void again() {
        if (stopped) {
            return;
        }
        send();
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(T2) > 0 ? T2 : doubled;
        next = ground.timers().after(interval, () -> strand.execute(this::again));
    }

    /** Once more, because the peer repeated its request. */
    void send() {
        try {
            transaction.respond(response);
        } catch (WireException e) {
            return; // the next repetition, or giving up, deals with it
        }
    }

    private void giveUp() {
        if (!stopped) {
            stop();
            onGivenUp.run();
        }
    }

    void stop() {
        stopped = true;
        next.cancel();
        end.cancel();
    }
}
