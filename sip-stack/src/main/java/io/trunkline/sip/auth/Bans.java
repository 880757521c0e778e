package io.trunkline.sip.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bans an address for a while once it has knocked too often. The table is bounded: while it is full of banned ones,
 * newcomers are not counted, so a flood from invented addresses frees nobody and costs no memory. A host of IPv6 has a
 * whole /64 to knock from and is counted as one.
 */
public final class Bans {
    private static final int MOST = 10_000;

    /** Knocks since a moment, and until when it is banned (0: it is not). */
    private record Knocks(int count, long since, long until) {}

    private final int limit;
    private final long window;
    private final long length;
    private final LongSupplier clock;
    private final ConcurrentMap<InetAddress, Knocks> table = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    /**
     * Nobody is banned yet.
     *
     * @param length zero bans nobody
     * @param clock as {@link System#nanoTime}
     */
    public Bans(int limit, Duration window, Duration length, LongSupplier clock) {
        this.limit = limit;
        this.window = window.toNanos();
        this.length = length.toNanos();
        this.clock = clock;
        this.nextSweep = new AtomicLong(clock.getAsLong());
    }

    /** Counts a knock; true when the address is banned. */
    public boolean knock(InetAddress address) {
        if (length == 0) {
            return false;
        }
        long now = clock.getAsLong();
        InetAddress key = key(address);
        if (table.size() >= MOST && !table.containsKey(key) && !swept(now)) {
            return false;
        }
        return banned(table.compute(key, (k, before) -> next(before, now)), now);
    }

    private Knocks next(@org.jspecify.annotations.Nullable Knocks before, long now) {
        if (before == null || (!banned(before, now) && now - before.since > window)) {
            return new Knocks(1, now, 0);
        }
        boolean enough = before.count + 1 >= limit;
        return new Knocks(before.count + 1, before.since, enough && before.until == 0 ? now + length : before.until);
    }

    public boolean banned(InetAddress address) {
        if (table.isEmpty()) {
            return false;
        }
        Knocks knocks = table.get(key(address));
        return knocks != null && banned(knocks, clock.getAsLong());
    }

    private static boolean banned(Knocks knocks, long now) {
        return knocks.until != 0 && now - knocks.until < 0;
    }

    /** How many are banned now. */
    public int size() {
        long now = clock.getAsLong();
        return (int) table.values().stream().filter(k -> banned(k, now)).count();
    }

    /** Forgets those whose time is over, once a window at most; true when there is room again. */
    private boolean swept(long now) {
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + window)) {
            table.values().removeIf(k -> !banned(k, now) && now - k.since > window);
        }
        return table.size() < MOST;
    }

    private static InetAddress key(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, 16, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // sixteen bytes are always an address
        }
    }
}
