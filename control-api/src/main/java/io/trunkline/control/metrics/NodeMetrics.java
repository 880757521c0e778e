package io.trunkline.control.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.function.Supplier;

/** Registers a node's figures and the JVM's own. */
public final class NodeMetrics implements AutoCloseable {
    private final Supplier<NodeReading> node;
    private final JvmGcMetrics collector = new JvmGcMetrics();

    private NodeMetrics(Supplier<NodeReading> node) {
        this.node = node;
    }

    public static NodeMetrics register(Supplier<NodeReading> node, MeterRegistry meters) {
        NodeMetrics metrics = new NodeMetrics(node);
        for (NodeMetric metric : NodeMetric.values()) {
            metrics.register(metric, meters);
        }
        metrics.registerJvm(meters);
        return metrics;
    }

    private void register(NodeMetric metric, MeterRegistry meters) {
        if (metric.isCounter()) {
            FunctionCounter.builder(metric.wire, node, now -> metric.read.applyAsDouble(now.get()))
                    .description(metric.sentence)
                    .register(meters);
        } else {
            Gauge.builder(metric.wire, node, now -> metric.read.applyAsDouble(now.get()))
                    .description(metric.sentence)
                    .strongReference(true)
                    .register(meters);
        }
    }

    private void registerJvm(MeterRegistry meters) {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        collector.bindTo(meters);
    }

    @Override
    public void close() {
        collector.close();
    }
}
