package io.trunkline.media;

/**
 * The engine at a glance, for metrics and the doctor.
 *
 * @param latenessMicros sender lateness at p50, p99, p99.9, max since start
 */
public record MediaStats(
        int loops,
        int sessions,
        int portsInUse,
        int portsFree,
        long packetsIn,
        long packetsOut,
        long packetsStray,
        long skippedTicks,
        long framesDropped,
        long loopFailures,
        Lateness latenessMicros) {

    public record Lateness(long p50, long p99, long p999, long max) {}
}
