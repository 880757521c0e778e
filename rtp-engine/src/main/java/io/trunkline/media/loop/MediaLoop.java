package io.trunkline.media.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns one media thread. Time is a grid of millisecond slots with absolute deadlines; each slot runs the Netty event
 * loop once (commands, timers, RTCP), lets the bridged legs read, then gives the slot's phase its turn. After a stall
 * every member gets one turn at most: what was missed beyond that is skipped and counted, never made up in a burst.
 */
public final class MediaLoop {
    public static final long SLOT_NANOS = 1_000_000;
    private static final int SLOTS_BETWEEN_REPORTS = 1000;

    private final ManualIoEventLoop io;
    private final LongSupplier nanoClock;
    private final Phases phases = new Phases();
    private final List<LoopMember> polled = new ArrayList<>();
    private final LoopStats stats = new LoopStats();
    private final long startNanos;
    private long nextSlot;
    private final AtomicInteger planned = new AtomicInteger();

    /** @param owner the thread that will step this loop; null until {@link #ownedBy} says it */
    public MediaLoop(@Nullable Thread owner, IoHandlerFactory ioHandlers, LongSupplier nanoClock) {
        this.io = new ManualIoEventLoop(owner, ioHandlers);
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    void ownedBy(Thread thread) {
        io.setOwningThread(thread);
    }

    /** From any thread: runs {@code command} on the loop, in order, within a slot or two. */
    public void execute(Runnable command) {
        io.execute(command);
    }

    /** The Netty event loop, for channels that live here. */
    public IoEventLoop eventLoop() {
        return io;
    }

    public LoopStats stats() {
        return stats;
    }

    /** From any thread: how many legs have been sent here. */
    public AtomicInteger planned() {
        return planned;
    }

    public void join(LoopMember member) {
        phases.add(member);
    }

    public void leave(LoopMember member) {
        phases.remove(member);
        polled.remove(member);
    }

    /** Reads this member every millisecond from now on, or only in its own turn. */
    public void pollEverySlot(LoopMember member, boolean wanted) {
        polled.remove(member);
        if (wanted) {
            polled.add(member);
        }
    }

    /** When the next slot is due. */
    long nextDeadlineNanos() {
        return startNanos + nextSlot * SLOT_NANOS;
    }

    boolean isIdle() {
        return phases.joined() == 0;
    }

    /** Waits for a command or a datagram on a Netty channel, at most this long. */
    void rest(long nanos) {
        io.run(nanos, nanos);
    }

    /** The loop's clock, for what happens between turns. */
    public long nowNanos() {
        return nanoClock.getAsLong();
    }

    /** Runs every slot that is due. */
    public void step() {
        long due = (nanoClock.getAsLong() - startNanos) / SLOT_NANOS;
        skipWhatIsTooLate(due);
        while (nextSlot <= due) {
            long now = nanoClock.getAsLong();
            stats.onSlot(now - nextDeadlineNanos());
            runSlot(nextSlot++, now);
        }
    }

    private void skipWhatIsTooLate(long due) {
        long oldest = due - Phases.COUNT + 1;
        // A stall of minutes still costs one walk over the phases a lap.
        for (; nextSlot < oldest; nextSlot++) {
            stats.onSkipped(phases.size((int) (nextSlot % Phases.COUNT)));
        }
    }

    private void runSlot(long slot, long nowNanos) {
        io.runNow();
        for (int i = polled.size() - 1; i >= 0; i--) {
            poll(polled.get(i), nowNanos);
        }
        int phase = (int) (slot % Phases.COUNT);
        for (int i = phases.size(phase) - 1; i >= 0; i--) {
            tick(phases.get(phase, i), slot, nowNanos);
        }
        if (slot % SLOTS_BETWEEN_REPORTS == 0) {
            stats.publish(phases.joined());
        }
    }

    private void tick(LoopMember member, long slot, long nowNanos) {
        try {
            member.tick(nowNanos, slot / member.tickMillis());
        } catch (Throwable cause) {
            drop(member, cause);
        }
    }

    private void poll(LoopMember member, long nowNanos) {
        try {
            member.poll(nowNanos);
        } catch (Throwable cause) {
            drop(member, cause);
        }
    }

    /** One call is lost, the others are not touched. */
    private void drop(LoopMember member, Throwable cause) {
        leave(member);
        stats.onFailure();
        member.failed(cause);
    }

    void close() {
        Future<?> ending = io.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!ending.isDone()) {
            io.runNow();
        }
    }
}
