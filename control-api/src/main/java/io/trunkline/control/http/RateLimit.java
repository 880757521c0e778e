package io.trunkline.control.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * So many requests of one customer, or wrong keys of one address, in a window of time. Any thread; holds its lock for a look-up. Bounded: when it knows
 * too many customers it forgets those whose window is over, and at worst all.
 */
public final class RateLimit {
    private static final int KNOWN = 10_000;

    private final int most;
    private final Duration window;
    private final Map<String, Window> windows = new HashMap<>();

    private record Window(long beganNanos, int requests) {}

    /** Nobody has asked yet. */
    public RateLimit(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** Fails with a 429 when this request is one too many. */
    public void count(String customer) {
        long now = System.nanoTime();
        long wait = waitNanos(customer, now);
        if (wait > 0) {
            throw Problem.later(429, "rate_limited", "Rate limit exceeded", Duration.ofNanos(wait));
        }
    }

    /** How long until the next request is welcome; zero when this one was, and is counted. */
    synchronized long waitNanos(String customer, long now) {
        Window seen = windows.get(customer);
        if (seen == null || isOver(seen, now)) {
            makeRoom(now);
            windows.put(customer, new Window(now, 1));
            return 0;
        }
        if (seen.requests() >= most) {
            return Math.max(1, window.toNanos() - (now - seen.beganNanos()));
        }
        windows.put(customer, new Window(seen.beganNanos(), seen.requests() + 1));
        return 0;
    }

    private boolean isOver(Window seen, long now) {
        return now - seen.beganNanos() >= window.toNanos();
    }

    private void makeRoom(long now) {
        if (windows.size() >= KNOWN) {
            windows.values().removeIf(seen -> isOver(seen, now));
        }
        if (windows.size() >= KNOWN) {
            windows.clear();
        }
    }
}
