package io.trunkline.control;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Hears SIGTERM and Ctrl-C again and again. A shutdown hook hears only the first, and then nobody could tell a patient
 * stop to hurry. The class behind it is supported but marked internal, hence the reflection.
 */
final class StopSignals {
    private StopSignals() {}

    /** @param onSignal told how many signals have come so far, on a thread of the JVM's own */
    static void listen(IntConsumer onSignal) {
        AtomicInteger count = new AtomicInteger();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        onSignal.accept(count.incrementAndGet());
                        return null;
                    });
            for (String name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal.accept(1), "stop"));
        }
    }
}
