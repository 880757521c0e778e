package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From picking up to the first sound at the callee, many phones at one moment; each call has a text of its own.
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
            for (int i = 0; i < CALLS; i++) {
                String text = "Hello, this is call number " + i + ". How are you today?";
                server.call(call(i).put("say", new JsonObject().put("text", text)));
            }
            RunningServer.await("all ring", () -> callee.phones().size() == CALLS);
            TimeUnit.SECONDS.sleep(5); // as people let it ring
            callee.pickUpAll();
            Histogram waits = Measured.micros();
            for (ListeningCallee.Phone phone : callee.phones()) {
                long heard = phone.firstSound().get(SECONDS_OF_PATIENCE, TimeUnit.SECONDS);
                Measured.record(waits, heard - phone.pickedUpNanos());
            }
            Measured.millis("answer to first sound, prepared text, " + CALLS + " at once", waits, 95, 60);
            assertThat(waits.getTotalCount()).isEqualTo(CALLS);
        }
    }

    @Test
    void aTextThatIsGivenAfterTheAnswer() throws Exception {
        try (RunningServer server = new RunningServer(folder);
                ListeningCallee callee = new ListeningCallee()) {
            trunk(server, callee);
            List<String> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(server.call(call(i).put("tag", "n" + i).put("keep", true)));
            }
            RunningServer.await("all ring", () -> callee.phones().size() == CALLS);
            callee.pickUpAll();
            for (String call : calls) {
                server.awaitEvent(call, "call.answered");
            }
            Map<String, Long> told = new ConcurrentHashMap<>();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLS; i++) {
                    String text = "Hello, this is the text number " + i + ". How are you today?";
                    String call = calls.get(i);
                    Future<?> _ = clients.submit(() -> {
                        told.put(call, System.nanoTime());
                        return server.post(
                                "/v1/calls/" + call + "/say",
                                new JsonObject().put("text", text).encode());
                    });
                }
            }
            long first = told.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            Histogram waits = Measured.micros();
            for (ListeningCallee.Phone phone : callee.phones()) {
                Measured.record(waits, phone.firstSound().get(SECONDS_OF_PATIENCE, TimeUnit.SECONDS) - first);
            }
            Measured.millis("text to first sound, given after the answer, " + CALLS + " at once", waits, 95, 250);
            assertThat(told).hasSize(CALLS);
        }
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
