package io.trunkline.media.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What this process itself uses: processor, garbage of the media threads, memory, collector pauses. */
final class Meter {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicLong longestPauseMillis = new AtomicLong();
    private long cpuAtStart;
    private long wallAtStart;
    private long allocatedAtStart;

    Meter() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // Concurrent cycles report their whole length; only pauses stop the media threads.
            if (collector instanceof NotificationEmitter emitter
                    && !collector.getName().contains("Cycles")) {
                emitter.addNotificationListener((note, _) -> onCollection(note.getUserData()), null, null);
            }
        }
    }

    private void onCollection(Object data) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from((CompositeData) data);
        longestPauseMillis.accumulateAndGet(info.getGcInfo().getDuration(), Math::max);
    }

    void start() {
        longestPauseMillis.set(0);
        allocatedAtStart = mediaThreadsAllocated();
        cpuAtStart = system.getProcessCpuTime();
        wallAtStart = System.nanoTime();
    }

    double cpuSeconds() {
        return (system.getProcessCpuTime() - cpuAtStart) / 1e9;
    }

    double wallSeconds() {
        return (System.nanoTime() - wallAtStart) / 1e9;
    }

    long allocated() {
        return mediaThreadsAllocated() - allocatedAtStart;
    }

    long longestPauseMillis() {
        return longestPauseMillis.get();
    }

    private long mediaThreadsAllocated() {
        long bytes = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("media-")) {
                bytes += threads.getThreadAllocatedBytes(thread.threadId());
            }
        }
        return bytes;
    }

    /** Live heap after a collection, direct buffers, and what the C library has handed out. */
    long memoryBytes() {
        System.gc();
        System.gc();
        long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + NativeHeap.bytesInUse();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                bytes += pool.getMemoryUsed();
            }
        }
        return bytes;
    }
}
