package io.trunkline.control.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sender knows of each address: how much is under way and whether it is down. A receiver that failed five
 * times in a row gets one request at a time until it takes one. Belongs to the sender's event loop; holds only
 * addresses that are busy or down.
 */
final class Circuits {
    static final int EACH = 16;
    private static final int OPEN_AFTER = 5;

    private final Map<String, Circuit> circuits = new HashMap<>();
    private int inFlight;

    private static final class Circuit {
        int inFlight;
        int failures;

        boolean open() {
            return failures >= OPEN_AFTER;
        }

        int room() {
            return (open() ? 1 : EACH) - inFlight;
        }
    }

    boolean admits(String url) {
        Circuit circuit = circuits.get(url);
        return circuit == null || circuit.room() > 0;
    }

    void started(String url) {
        circuits.computeIfAbsent(url, fresh -> new Circuit()).inFlight++;
        inFlight++;
    }

    void finished(String url) {
        Circuit circuit = circuits.get(url);
        if (circuit != null) {
            circuit.inFlight--;
            if (circuit.inFlight == 0 && circuit.failures == 0) {
                circuits.remove(url);
            }
        }
        inFlight--;
    }

    /** True when this opened the circuit, or found it open. */
    boolean failed(String url) {
        Circuit circuit = circuits.computeIfAbsent(url, fresh -> new Circuit());
        circuit.failures++;
        return circuit.open();
    }

    /** True when this closed an open circuit. */
    boolean succeeded(String url) {
        Circuit circuit = circuits.get(url);
        boolean wasOpen = circuit != null && circuit.open();
        if (circuit != null) {
            circuit.failures = 0;
        }
        return wasOpen;
    }

    boolean isOpen(String url) {
        Circuit circuit = circuits.get(url);
        return circuit != null && circuit.open();
    }

    /** How much more each address takes now that is busy or down. */
    Map<String, Integer> room() {
        Map<String, Integer> room = new HashMap<>();
        circuits.forEach((url, circuit) -> room.put(url, circuit.room()));
        return room;
    }

    List<String> open() {
        return circuits.entrySet().stream()
                .filter(entry -> entry.getValue().open())
                .map(Map.Entry::getKey)
                .toList();
    }

    int inFlight() {
        return inFlight;
    }
}
