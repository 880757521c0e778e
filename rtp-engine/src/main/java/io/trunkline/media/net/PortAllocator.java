package io.trunkline.media.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Hands out the even ports of a range. A port that was given back rests for a while, so that a former peer's late
 * packets never reach a new call.
 *
 * <p>Any thread; each pair's state is one number: taken, or the moment from which it is free again.
 */
public final class PortAllocator {
    private static final long TAKEN = Long.MAX_VALUE;

    private final int firstPort;
    private final AtomicLongArray freeFrom;
    private final AtomicInteger cursor = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final long quarantineNanos;
    private final LongSupplier nanoClock;
    private final long epoch;

    public PortAllocator(int firstPort, int lastPort, Duration quarantine, LongSupplier nanoClock) {
        this.firstPort = (firstPort + 1) & ~1;
        int pairs = (lastPort - this.firstPort + 1) / 2;
        if (pairs < 1 || firstPort < 1 || lastPort > 0xffff) {
            throw new IllegalArgumentException("no port pair between " + firstPort + " and " + lastPort);
        }
        this.freeFrom = new AtomicLongArray(pairs);
        this.quarantineNanos = quarantine.toNanos();
        this.nanoClock = nanoClock;
        this.epoch = nanoClock.getAsLong();
    }

    /** An even port whose odd neighbour is free as well, or −1 when every pair is taken or resting. */
    public int take() {
        long now = now();
        int pairs = freeFrom.length();
        for (int tried = 0; tried < pairs; tried++) {
            int pair = Math.floorMod(cursor.getAndIncrement(), pairs);
            long state = freeFrom.get(pair);
            if (state <= now && freeFrom.compareAndSet(pair, state, TAKEN)) {
                taken.incrementAndGet();
                return firstPort + 2 * pair;
            }
        }
        return -1;
    }

    /** The pair's sockets are closed: it rests, then may be taken again. */
    public void giveBack(int port) {
        freeFrom.set((port - firstPort) / 2, now() + quarantineNanos);
        taken.decrementAndGet();
    }

    public boolean hasFree() {
        long now = now();
        for (int pair = 0; pair < freeFrom.length(); pair++) {
            if (freeFrom.get(pair) <= now) {
                return true;
            }
        }
        return false;
    }

    /** Pairs that could be taken now. */
    public int free() {
        long now = now();
        int free = 0;
        for (int pair = 0; pair < freeFrom.length(); pair++) {
            free += freeFrom.get(pair) <= now ? 1 : 0;
        }
        return free;
    }

    public int inUse() {
        return taken.get();
    }

    private long now() {
        return nanoClock.getAsLong() - epoch;
    }
}
