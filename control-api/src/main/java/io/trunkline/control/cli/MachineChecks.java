package io.trunkline.control.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Java version, the kernel's limits and the clock. */
final class MachineChecks {
    private static final int RELEASE = 25;
    private static final long ENOUGH_FILES = 65_536;
    private static final int CAP_SYS_NICE = 23;

    private MachineChecks() {}

    static List<Check> all() {
        return List.of(
                jdk(Runtime.version().feature()),
                processors(Runtime.getRuntime().availableProcessors()),
                openFiles(limit("Max open files")),
                realTime(limit("Max realtime priority"), mayRaisePriority()),
                clockSource(read(Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource"))),
                clockSynchronised());
    }

    static Check jdk(int release) {
        String found = "Java " + Runtime.version() + " of " + System.getProperty("java.vendor");
        return release == RELEASE
                ? Check.ok("jdk", found)
                : Check.fail("jdk", found, "install a JDK " + RELEASE + " and point JAVA_HOME at it");
    }

    private static Check processors(int count) {
        long megabytes = Runtime.getRuntime().maxMemory() / 1_000_000;
        return Check.ok("machine", count + " processors, a JVM here may take " + megabytes + " MB");
    }

    /** A call holds a socket, a recording, now and then a fetch: about four descriptors. */
    static Check openFiles(Optional<Long> limit) {
        return limit.map(files -> files >= ENOUGH_FILES
                        ? Check.ok("open files", files + ", for " + files / 4 + " calls")
                        : Check.warn(
                                "open files",
                                files + ", which ends at about " + files / 4 + " calls",
                                "ulimit -n " + ENOUGH_FILES + ", or LimitNOFILE= in the systemd unit"))
                .orElseGet(() -> Check.warn("open files", "the limit cannot be read", "see ulimit -n"));
    }

    static Check realTime(Optional<Long> priority, boolean mayRaise) {
        return mayRaise || priority.orElse(0L) > 0
                ? Check.ok("real time", "media threads may be scheduled first")
                : Check.warn(
                        "real time",
                        "media threads compete with everything else",
                        "ulimit -r 20 (LimitRTPRIO=20 in the systemd unit) steadies packets on a busy machine");
    }

    /** Every packet is timed; where reading the clock is a system call or worse, it shows. */
    static Check clockSource(Optional<String> source) {
        return source.map(name -> List.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page")
                                .contains(name)
                        ? Check.ok("clock source", name)
                        : Check.warn(
                                "clock source",
                                name + " is slow to read",
                                "choose tsc if the machine offers it: see available_clocksource beside it in /sys"))
                .orElseGet(() -> Check.ok("clock source", "unknown"));
    }

    private static Check clockSynchronised() {
        boolean timesyncd = Files.exists(Path.of("/run/systemd/timesync/synchronized"));
        boolean other = Programs.isRunning("chronyd") || Programs.isRunning("ntpd");
        return timesyncd || other
                ? Check.ok("clock", "kept right over the network")
                : Check.warn(
                        "clock",
                        "nothing seems to keep it right",
                        "install chrony (or let the host do it): signatures and TLS need the right time");
    }

    private static Optional<Long> limit(String name) {
        return read(Path.of("/proc/self/limits")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split(" ", 2)[0])
                .map(value -> value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value))
                .findFirst();
    }

    private static boolean mayRaisePriority() {
        return read(Path.of("/proc/self/status")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16))
                .anyMatch(capabilities -> (capabilities >> CAP_SYS_NICE & 1) == 1);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
