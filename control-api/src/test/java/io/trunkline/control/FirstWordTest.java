package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From picking up to the first sound at the callee, many phones at one moment; each call has a text of its own. A
 * first round, which is not measured, makes the program what it is after its first minutes.
 * {@code -Dword.calls=N} tries another number.
 */
@Tag("full")
class FirstWordTest {
    private static final int CALLS = Integer.getInteger("word.calls", 50);
    private static final int SECONDS_OF_PATIENCE = 60;

    @TempDir
    Path folder;

    @Test
    void aTextThatWasPreparedWhileItRang() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ListeningCallee callee = new ListeningCallee()) {
            trunk(server, callee);
            var _ = prepared(server, callee, "warm");
            Histogram waits = prepared(server, callee, "measured");
            Measured.millis("answer to first sound, prepared text, " + CALLS + " at once", waits, 95, 60);
            assertThat(waits.getTotalCount()).isEqualTo(CALLS);
        }
    }

    private static Histogram prepared(RunningServer server, ListeningCallee callee, String round) throws Exception {
        callee.forgetPhones();
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String text = "Hello, this is " + round + " call number " + i + ". How are you today?";
            calls.add(server.call(call(i).put("say", new JsonObject().put("text", text))));
        }
        RunningServer.await("all ring", () -> callee.phones().size() == CALLS);
        TimeUnit.SECONDS.sleep(5); // as people let it ring
        callee.pickUpAll();
        Histogram waits = Measured.micros();
        for (ListeningCallee.Phone phone : callee.phones()) {
            long heard = phone.firstSound().get(SECONDS_OF_PATIENCE, TimeUnit.SECONDS);
            Measured.record(waits, heard - phone.pickedUpNanos());
        }
        for (String call : calls) {
            server.awaitEvent(call, "call.ended");
        }
        return waits;
    }

    @Test
    void aTextThatIsGivenAfterTheAnswer() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ListeningCallee callee = new ListeningCallee()) {
            trunk(server, callee);
            var _ = givenLate(server, callee, "warm");
            Histogram waits = givenLate(server, callee, "measured");
            Measured.millis("text to first sound, given after the answer, " + CALLS + " at once", waits, 95, 250);
            assertThat(waits.getTotalCount()).isEqualTo(CALLS);
        }
    }

    private static Histogram givenLate(RunningServer server, ListeningCallee callee, String round) throws Exception {
        callee.forgetPhones();
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(server.call(call(i).put("keep", true)));
        }
        RunningServer.await("all ring", () -> callee.phones().size() == CALLS);
        callee.pickUpAll();
        for (String call : calls) {
            server.awaitEvent(call, "call.answered");
        }
        long first = System.nanoTime();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLS; i++) {
                String text = "Hello, this is the " + round + " text number " + i + ". How are you today?";
                String path = "/v1/calls/" + calls.get(i) + "/say";
                Future<?> _ = clients.submit(() ->
                        server.post(path, new JsonObject().put("text", text).encode()));
            }
        }
        Histogram waits = Measured.micros();
        for (ListeningCallee.Phone phone : callee.phones()) {
            Measured.record(waits, phone.firstSound().get(SECONDS_OF_PATIENCE, TimeUnit.SECONDS) - first);
        }
        for (String call : calls) {
            server.delete("/v1/calls/" + call);
            server.awaitEvent(call, "call.ended");
        }
        return waits;
    }

    private static JsonObject call(int i) {
        return new JsonObject().put("to", "+1555765%04d".formatted(i)).put("trunk", "callee");
    }

    private static void trunk(RunningServer server, ListeningCallee callee) throws Exception {
        JsonObject trunk = new JsonObject()
                .put("name", "callee")
                .put("codecs", List.of("PCMA"))
                .put("hosts", List.of(new JsonObject().put("host", "127.0.0.1").put("port", callee.port())));
        assertThat(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(201);
    }
}
