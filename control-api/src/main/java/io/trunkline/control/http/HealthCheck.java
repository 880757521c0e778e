package io.trunkline.control.http;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must be well before a node takes calls.
 *
 * @param ask completes with what is wrong, empty when nothing is; called on an event loop
 */
public record HealthCheck(String name, Supplier<Future<Optional<String>>> ask) {
    Future<Optional<String>> complaint() {
        return ask.get();
    }
}
