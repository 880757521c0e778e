package io.trunkline.control.agent;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** Keys become a text: at a #, after two seconds without another, or when there are many. On its agent's context. */
final class KeyedText {
    private static final long PAUSE_MILLIS = 2_000;
    private static final int MOST = 64;

    private final Vertx vertx;
    private final Consumer<String> done;
    private final StringBuilder keys = new StringBuilder();
    private long timer = -1;

    KeyedText(Vertx vertx, Consumer<String> done) {
        this.vertx = vertx;
        this.done = done;
    }

    void press(char key) {
        vertx.cancelTimer(timer);
        if (key != '#') {
            keys.append(key);
        }
        if (key == '#' || keys.length() == MOST) {
            finish();
        } else {
            timer = vertx.setTimer(PAUSE_MILLIS, _ -> finish());
        }
    }

    private void finish() {
        String text = keys.toString();
        keys.setLength(0);
        if (!text.isEmpty()) {
            done.accept(text);
        }
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
