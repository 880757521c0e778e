package io.trunkline.control.agent;

import io.trunkline.control.stream.SocketDialer;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Connects an agent to its server, and again when the connection is lost: at once, then after a quarter of a second and
 * twice as long each time; given up after four tries in a row, since a callee listens to the silence.
 */
final class AgentCaller {
    private static final int MOST_TRIES = 4;
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final SocketDialer dialer;
    private final AgentSession session;
    private final String url;
    private final Map<String, String> headers;
    private int tries;
    private long connectedNanos;
    private boolean everConnected;

    AgentCaller(Vertx vertx, SocketDialer dialer, AgentSession session, String url, Map<String, String> headers) {
        this.vertx = vertx;
        this.dialer = dialer;
        this.session = session;
        this.url = url;
        this.headers = headers;
    }

    /** On the session's context. */
    void call() {
        tries++;
        dialer.dial(url, headers, List.of())
                .onSuccess(socket -> {
                    everConnected = true;
                    connectedNanos = System.nanoTime();
                    session.connected(socket);
                })
                .onFailure(this::onFailure);
    }

    /** The connection that stood is gone; one that held for a while has earned all its tries again. */
    void callAgain(String why) {
        if (System.nanoTime() - connectedNanos > STEADY_NANOS) {
            tries = 0;
        }
        retry("server_lost", why);
    }

    private void onFailure(Throwable why) {
        String detail = String.valueOf(why.getMessage());
        if (why instanceof UpgradeRejectedException refused && refused.getStatus() / 100 == 4) {
            session.failed("refused", "The agent's server answered " + refused.getStatus() + ".");
        } else {
            retry(everConnected ? "server_lost" : "unreachable", detail);
        }
    }

    private void retry(String reason, String detail) {
        if (session.isEnded()) {
            return;
        }
        if (tries >= MOST_TRIES) {
            session.failed(reason, detail);
        } else if (tries == 0) {
            call();
        } else {
            vertx.setTimer(FIRST_WAIT_MILLIS << (tries - 1), _ -> call());
        }
    }
}
