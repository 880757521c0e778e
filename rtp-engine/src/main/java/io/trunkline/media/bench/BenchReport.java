package io.trunkline.media.bench;

import io.trunkline.media.MediaStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A benchmark's figures, in order. */
final class BenchReport {
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    /**
     * @param form of its numbers as JSON
     * @param failures so many things went wrong: of several runs it is the worst that counts
     */
    private record Figure(String form, boolean failures, List<Double> numbers) {
        static Figure of(String form, double... numbers) {
            return new Figure(form, false, Arrays.stream(numbers).boxed().toList());
        }

        String json() {
            return String.format(Locale.ROOT, form, numbers.toArray());
        }
    }

    /** Each figure's median of the same runs, but the worst of what went wrong. */
    static BenchReport medianOf(List<BenchReport> runs) {
        BenchReport median = new BenchReport();
        runs.getFirst().figures.forEach((name, figure) -> {
            List<Double> numbers = new ArrayList<>();
            for (int i = 0; i < figure.numbers().size(); i++) {
                int at = i;
                double[] sorted = runs.stream()
                        .mapToDouble(run -> Objects.requireNonNull(run.figures.get(name))
                                .numbers()
                                .get(at))
                        .sorted()
                        .toArray();
                numbers.add(sorted[figure.failures() ? sorted.length - 1 : sorted.length / 2]);
            }
            median.figures.put(name, new Figure(figure.form(), figure.failures(), numbers));
        });
        return median.number("runs", runs.size());
    }

    static BenchReport media(
            BenchOptions options,
            double cpu,
            double wall,
            long allocated,
            SinkProcess.Result sink,
            MediaStats before,
            MediaStats after,
            MediaStats end,
            long memory,
            long pauseMillis) {
        double ticks = options.calls() * wall * 50;
        long packets = after.packetsOut() - before.packetsOut() + after.packetsIn() - before.packetsIn();
        return new BenchReport()
                .number("calls", options.calls())
                .number("seconds", options.seconds())
                .text("codec", options.codec().sdpName())
                .number("loops", options.loops())
                .flag("record", options.record())
                .flag("amd", options.amd())
                .flag("amd_always", options.amdAlways())
                .flag("srtp", options.srtp())
                .decimal("cores", cpu / wall)
                .decimal("cpu_us_per_call_tick", cpu * 1e6 / ticks)
                .decimal("alloc_bytes_per_packet", (double) allocated / Math.max(1, packets))
                .number("sent", end.packetsOut())
                .number("received", sink.received())
                .failures("lost", end.packetsOut() - sink.received())
                .number("sent_by_sink", sink.sent())
                .number("received_by_engine", end.packetsIn())
                .failures("skipped_ticks", after.skippedTicks() - before.skippedTicks())
                .failures("frames_dropped", after.framesDropped() - before.framesDropped())
                .millis("interarrival_error_ms", sink.interarrival())
                .millis("grid_error_ms", sink.grid())
                .decimal("rss_kib_per_call", memory / 1024.0 / Math.max(1, options.calls()))
                .number("gc_pause_ms_max", pauseMillis);
    }

    BenchReport number(String name, long value) {
        figures.put(name, Figure.of("%.0f", (double) value));
        return this;
    }

    /** Like a number, of what should be 0. */
    BenchReport failures(String name, long value) {
        figures.put(name, new Figure("%.0f", true, List.of((double) value)));
        return this;
    }

    BenchReport decimal(String name, double value) {
        figures.put(name, Figure.of("%.3f", value));
        return this;
    }

    BenchReport flag(String name, boolean value) {
        figures.put(name, Figure.of(String.valueOf(value)));
        return this;
    }

    BenchReport text(String name, String value) {
        figures.put(name, Figure.of('"' + value.replace("%", "%%") + '"'));
        return this;
    }

    BenchReport millis(String name, SinkProcess.Quantiles nanos) {
        figures.put(
                name,
                Figure.of(
                        "{\"p50\": %.3f, \"p99\": %.3f, \"p999\": %.3f, \"max\": %.3f}",
                        nanos.p50() / 1e6, nanos.p99() / 1e6, nanos.p999() / 1e6, nanos.max() / 1e6));
        return this;
    }

    /** One JSON object, or a figure a line. */
    String text(boolean json) {
        return json
                ? figures.entrySet().stream()
                        .map(figure -> '"' + figure.getKey() + "\": "
                                + figure.getValue().json())
                        .collect(Collectors.joining(", ", "{", "}"))
                : figures.entrySet().stream()
                        .map(figure -> String.format(
                                Locale.ROOT,
                                "%-24s %s",
                                figure.getKey(),
                                figure.getValue().json()))
                        .collect(Collectors.joining("\n"));
    }
}
