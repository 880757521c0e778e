package io.trunkline.control.stream;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of all streams and agents, one timer an event loop however many there are: a timer each costs more than what
 * they do in it.
 */
public final class Pulse {
    static final long MILLIS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final Vertx vertx;
    private final Map<Thread, Beat> beats = new ConcurrentHashMap<>();

    public Pulse(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Called on an event loop, where the turns then are; what is returned ends them, on any thread.
     *
     * @param onMistake a turn threw: it was the last one
     */
    public Runnable start(Runnable turn, Runnable onMistake) {
        Beat beat = beats.computeIfAbsent(Thread.currentThread(), _ -> new Beat());
        Turn added = new Turn(turn, onMistake);
        beat.turns.add(added);
        return () -> beat.turns.remove(added);
    }

    private record Turn(Runnable turn, Runnable onMistake) {}

    /** Of one event loop; it goes on for good, for there are as many as there are loops. */
    private final class Beat {
        private final List<Turn> turns = new CopyOnWriteArrayList<>();

        Beat() {
            vertx.setPeriodic(MILLIS, _ -> beat());
        }

        private void beat() {
            turns.forEach(this::take);
        }

        private void take(Turn each) {
            try {
                each.turn().run();
            } catch (RuntimeException wrong) {
                LOG.warn("A stream or an agent is ended by a mistake of ours", wrong);
                turns.remove(each);
                each.onMistake().run();
            }
        }
    }
}
