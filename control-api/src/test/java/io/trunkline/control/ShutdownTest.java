package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final Shutdown shutdown = new Shutdown();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void stopsLastFirst() {
        shutdown.add("database", () -> stopped.add("database"));
        shutdown.add("calls", () -> stopped.add("calls"));
        shutdown.run();
        assertThat(stopped).containsExactly("calls", "database");
    }

    @Test
    void aStepThatFailsKeepsNoOtherFromStopping() {
        shutdown.add("database", () -> stopped.add("database"));
        shutdown.add("calls", () -> {
            throw new IllegalStateException("asked for by the test");
        });
        shutdown.run();
        assertThat(stopped).containsExactly("database");
    }

    @Test
    void runsOnce() {
        shutdown.add("database", () -> stopped.add("database"));
        shutdown.run();
        shutdown.run();
        assertThat(stopped).hasSize(1);
    }

    @Test
    void aStepThatWaitsHearsThatItShouldHurry() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        shutdown.addWaiting("calls", hurry -> {
            waiting.countDown();
            hurry.join();
            stopped.add("calls");
        });
        Thread stop = Thread.ofVirtual().start(shutdown::run);
        waiting.await();
        shutdown.hurry();
        stop.join();
        assertThat(stopped).containsExactly("calls");
    }

    @Test
    void whatIsStartedDuringTheStopIsStoppedAtOnceAndTheStartEnds() {
        shutdown.run();
        assertThatThrownBy(() -> shutdown.add("database", () -> stopped.add("database")))
                .isInstanceOf(Shutdown.CancelledStart.class);
        assertThat(stopped).containsExactly("database");
    }
}
