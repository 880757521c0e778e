package io.trunkline.media.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    @Test
    void tellsTheMedianOfEachFigureAndTheWorstOfWhatWentWrong() {
        BenchReport median = BenchReport.medianOf(List.of(run(0.5, 0, 3), run(0.4, 7, 1), run(0.9, 0, 2)));

        assertThat(median.text(true))
                .isEqualTo("{\"codec\": \"PCMA\", \"cores\": 0.500, \"lost\": 7, \"error_ms\": {\"p50\": 2.000,"
                        + " \"p99\": 4.000, \"p999\": 5.000, \"max\": 6.000}, \"runs\": 3}");
    }

    @Test
    void writesAFigureALine() {
        assertThat(run(0.5, 0, 1).text(false)).contains("cores                    0.500\nlost                     0\n");
    }

    private static BenchReport run(double cores, long lost, long p50) {
        return new BenchReport()
                .text("codec", "PCMA")
                .decimal("cores", cores)
                .failures("lost", lost)
                .millis("error_ms", new SinkProcess.Quantiles(p50 * 1_000_000, 4_000_000, 5_000_000, 6_000_000));
    }
}
