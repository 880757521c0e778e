package io.trunkline.control.bench;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A benchmark's figures, in order. */
final class Figures {
    private final JsonObject figures = new JsonObject();

    Figures put(String name, Object value) {
        figures.put(name, value instanceof Double number ? rounded(number) : value);
        return this;
    }

    /** From microseconds. */
    Figures millis(String name, Histogram micros) {
        return put(
                name,
                new JsonObject()
                        .put("p50", rounded(micros.getValueAtPercentile(50) / 1e3))
                        .put("p99", rounded(micros.getValueAtPercentile(99) / 1e3))
                        .put("max", rounded(micros.getMaxValue() / 1e3)));
    }

    Figures millis(String name, CalleeProcess.Quantiles nanos) {
        return put(
                name,
                new JsonObject()
                        .put("p50", rounded(nanos.p50() / 1e6))
                        .put("p99", rounded(nanos.p99() / 1e6))
                        .put("p999", rounded(nanos.p999() / 1e6))
                        .put("max", rounded(nanos.max() / 1e6)));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
    }

    String json() {
        return figures.encode();
    }

    String lines() {
        return figures.stream()
                .map(figure -> "%-26s %s".formatted(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
