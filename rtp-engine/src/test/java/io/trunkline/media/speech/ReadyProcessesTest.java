package io.trunkline.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadyProcessesTest {
    private static final List<String> ECHO = List.of("cat");
    private final AtomicLong nanos = new AtomicLong();
    private final ReadyProcesses ready = new ReadyProcesses(4, nanos::get);

    @Test
    void aProcessWaitsForTheNextTextOfTheSameCommand() throws Exception {
        Process first = ready.take(ECHO);
        await(2);
        Process second = ready.take(ECHO);
        assertThat(said(first)).isEqualTo("hello");
        assertThat(said(second)).isEqualTo("hello");
        assertThat(second.pid()).isNotEqualTo(first.pid());
    }

    @Test
    void asManyWaitAsWereWantedAtOnceWithinTheBound() throws Exception {
        for (int i = 0; i < 10; i++) {
            ready.take(ECHO).destroy();
        }
        await(4);
    }

    @Test
    void oneThatDiedWaitingIsNotGiven() throws Exception {
        ready.take(ECHO).destroy();
        await(2);
        ProcessHandle.current().children().filter(ReadyProcessesTest::isEcho).forEach(child -> {
            child.destroyForcibly();
            child.onExit().join();
        });
        awaitNobody();
        assertThat(said(ready.take(ECHO))).isEqualTo("hello");
    }

    @Test
    void aCommandThatIsNotThereIsTold() {
        assertThatThrownBy(() -> ready.take(List.of("no-such-speech-program"))).isInstanceOf(IOException.class);
    }

    @Test
    void noneWaitsWhereNoneIsWanted() throws Exception {
        ReadyProcesses none = new ReadyProcesses(0, nanos::get);
        assertThat(said(none.take(ECHO))).isEqualTo("hello");
        assertThat(none.waiting(ECHO)).isZero();
    }

    private static boolean isEcho(ProcessHandle child) {
        return child.info()
                .command()
                .filter(command -> command.endsWith("/cat"))
                .isPresent();
    }

    private void await(int wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (ready.waiting(ECHO) < wanted && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(ready.waiting(ECHO)).isEqualTo(wanted);
    }

    /** The death of a process is known to its handle a moment before it is to the process. */
    private void awaitNobody() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (ready.waiting(ECHO) > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static String said(Process process) throws IOException {
        process.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
