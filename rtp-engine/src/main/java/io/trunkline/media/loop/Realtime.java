package io.trunkline.media.loop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Asks Linux to run the calling thread on time: real-time class SCHED_FIFO and a timer slack of a nanosecond. Where the
 * process may not, or on another system, nothing changes.
 */
public final class Realtime {
    private static final int SCHED_FIFO = 1;
    /** Children and threads started from here are ordinary ones again. */
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    /** Above ordinary threads, below the kernel's own. */
    private static final int PRIORITY = 10;

    private static final int PR_SET_TIMERSLACK = 29;

    private Realtime() {}

    /** What was granted, in words for the log. */
    public static String raise() {
        try (Arena arena = Arena.ofConfined()) {
            boolean slack = timerSlack();
            boolean fifo = fifo(arena);
            return (fifo ? "SCHED_FIFO" : "ordinary scheduling (no permission for SCHED_FIFO)")
                    + (slack ? ", timer slack 1 ns" : "");
        } catch (Throwable unsupported) {
            return "ordinary scheduling (" + unsupported + ")";
        }
    }

    @SuppressWarnings("restricted") // calls two functions of the C library
    private static boolean timerSlack() throws Throwable {
        MethodHandle prctl = function(
                "prctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
        return (int) prctl.invokeExact(PR_SET_TIMERSLACK, 1L, 0L, 0L, 0L) == 0;
    }

    private static boolean fifo(Arena arena) throws Throwable {
        MethodHandle schedule = function(
                "sched_setscheduler",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        MemorySegment priority = arena.allocateFrom(ValueLayout.JAVA_INT, PRIORITY);
        return (int) schedule.invokeExact(0, SCHED_FIFO | SCHED_RESET_ON_FORK, priority) == 0;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(library.find(name).orElseThrow(), descriptor);
    }
}
