package io.trunkline.control.stream;

import io.trunkline.control.events.Signature;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Connects a stream to the program's URL, and again when the connection is lost: after a quarter of a second, then twice
 * as long each time, five times over.
 */
final class StreamCaller {
    private static final int MOST_TRIES = 6;
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final SocketDialer dialer;
    private final Function<String, Future<List<String>>> secrets;
    private final Clock clock;
    private final StreamSession session;
    private final String url;
    private int tries;
    private boolean connected;
    private long connectedNanos;

    StreamCaller(
            Vertx vertx,
            SocketDialer dialer,
            Function<String, Future<List<String>>> secrets,
            Clock clock,
            StreamSession session,
            String url) {
        this.vertx = vertx;
        this.dialer = dialer;
        this.secrets = secrets;
        this.clock = clock;
        this.session = session;
        this.url = url;
    }

    /** On the session's context. */
    void call() {
        if (connected && System.nanoTime() - connectedNanos > STEADY_NANOS) {
            tries = 0;
        }
        connected = false;
        tries++;
        handshake()
                .compose(headers ->
                        dialer.dial(url, headers, session.firstProtocol().subprotocols()))
                .onSuccess(socket -> {
                    connected = true;
                    connectedNanos = System.nanoTime();
                    session.connected(socket);
                })
                .onFailure(this::onFailure);
    }

    private void onFailure(Throwable why) {
        if (session.isEnded()) {
            return;
        }
        if (tries >= MOST_TRIES) {
            session.failed("unreachable", String.valueOf(why.getMessage()));
        } else {
            vertx.setTimer(FIRST_WAIT_MILLIS << (tries - 1), _ -> call());
        }
    }

    /** Signed as a webhook is, over the URL: the program can tell that it is us. */
    private Future<Map<String, String>> handshake() {
        StreamFacts facts = session.facts();
        return secrets.apply(facts.call().owner().applicationId()).map(live -> {
            Map<String, String> headers = new HashMap<>(facts.spec().headers());
            headers.put("Trunkline-Call", facts.callId());
            headers.put("Trunkline-Stream", facts.streamId());
            if (!live.isEmpty()) {
                headers.put("Trunkline-Signature", Signature.of(live, clock.instant(), url));
            }
            return headers;
        });
    }
}
