package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.LegStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityLogTest {
    private final QualityLog log = new QualityLog();

    @Test
    void keepsEverySampleOfAShortCallInOrder() {
        sample("a", 10);
        assertThat(log.of("a")).extracting(QualityLog.Sample::at).containsExactlyElementsOf(seconds(10, 1));
        assertThat(log.of("b")).isEmpty();
    }

    @Test
    void aLongCallKeepsItsWholeCourseEverMoreCoarselyAndEvenly() {
        sample("a", 10_000);
        List<QualityLog.Sample> kept = log.of("a");
        assertThat(kept).hasSizeBetween(QualityLog.SAMPLES / 2, QualityLog.SAMPLES);
        assertThat(kept.getFirst().at()).isEqualTo(Instant.EPOCH);
        assertThat(kept.getLast().at()).isAfter(Instant.EPOCH.plusSeconds(9_900));
        assertThat(spaces(kept)).containsOnly(Duration.ofSeconds(64));
    }

    private void sample(String call, int times) {
        seconds(times, 1).forEach(at -> log.add(call, at, LegStats.EMPTY));
    }

    private static List<Instant> seconds(int count, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> Instant.EPOCH.plusSeconds((long) i * step))
                .toList();
    }

    private static List<Duration> spaces(List<QualityLog.Sample> samples) {
        return IntStream.range(1, samples.size())
                .mapToObj(i ->
                        Duration.between(samples.get(i - 1).at(), samples.get(i).at()))
                .toList();
    }
}
