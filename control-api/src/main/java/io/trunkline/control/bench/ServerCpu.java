package io.trunkline.control.bench;

import io.trunkline.control.cli.ThrowAwayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the server and its database use of the processor, from {@code /proc}. */
final class ServerCpu {
    private static final int TICKS_PER_SECOND = 100;
    /** proc_pid_stat(5): utime, stime, cutime and cstime, counted after the name. */
    private static final int FIRST = 11;

    private final ThrowAwayServer server;

    ServerCpu(ThrowAwayServer server) {
        this.server = server;
    }

    /** Of the server's own process, in milliseconds. */
    long serverMillis() {
        return millis(server.process().pid(), 2);
    }

    /** Of that, what its compiler threads used: it shrinks as a run grows longer. */
    long compilerMillis() {
        Path threads = Path.of("/proc", Long.toString(server.process().pid()), "task");
        try (var each = Files.list(threads)) {
            return each.filter(ServerCpu::compiles)
                    .mapToLong(thread -> millis(thread, 2))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static boolean compiles(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler\\w*\\s*");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Of PostgreSQL and all its processes, those that ended included. */
    long databaseMillis() {
        return postmaster().stream()
                .mapToLong(pid -> millis(pid, 4)
                        + ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::children)
                                .mapToLong(child -> millis(child.pid(), 2))
                                .sum())
                .sum();
    }

    private List<Long> postmaster() {
        try (var files =
                Files.find(server.data().resolve("postgres"), 3, (file, _) -> file.endsWith("postmaster.pid"))) {
            Path file = files.findFirst().orElseThrow();
            return List.of(Long.valueOf(Files.readAllLines(file).getFirst().strip()));
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private static long millis(long pid, int fields) {
        return millis(Path.of("/proc", Long.toString(pid)), fields);
    }

    private static long millis(Path task, int fields) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Arrays.stream(words, FIRST, FIRST + fields)
                            .mapToLong(Long::parseLong)
                            .sum()
                    * 1000
                    / TICKS_PER_SECOND;
        } catch (IOException gone) {
            return 0;
        }
    }
}
