package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.CallEvent;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.store.TestCalls;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Feeds that are cut again and again while events arrive, some more than memory holds: whoever comes back with what it
 * saw last misses nothing and is told nothing twice.
 */
class FeedResumeTest {
    private static final int CALLS = 4;
    private static final int EVENTS = 1500;
    private static final int AT_ONCE = 25;
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** Events of several calls, one after another, on a thread of their own. */
    private static final class Producer {
        private final List<CallSnapshot> calls = new ArrayList<>();
        private final Thread thread = Thread.ofVirtual().unstarted(this::run);

        Producer() {
            for (int i = 0; i < CALLS; i++) {
                calls.add(TestCalls.call(api.owner()));
            }
        }

        void start() {
            for (CallSnapshot call : calls) {
                CallEvent created = TestCalls.event(call, 1, "call.created");
                TestStorage.await(api.store().create(created, Optional.empty(), Optional.empty()));
            }
            thread.start();
        }

        private void run() {
            for (long seq = 2; seq <= EVENTS; seq += AT_ONCE) {
                for (CallSnapshot call : calls) {
                    List<CallEvent> some = new ArrayList<>();
                    for (long s = seq; s < seq + AT_ONCE && s <= EVENTS; s++) {
                        some.add(TestCalls.event(call, s, "dtmf.received"));
                    }
                    TestStorage.await(api.store().append(some));
                }
            }
        }

        /** Everything was heard once, each call's in its order. */
        void check(Heard heard) throws InterruptedException {
            thread.join();
            for (CallSnapshot call : calls) {
                List<Long> seqs = heard.events.stream()
                        .filter(event -> event.getString("call_id").equals(call.id()))
                        .map(event -> event.getLong("seq"))
                        .toList();
                assertThat(seqs)
                        .as("events of one call")
                        .hasSize(EVENTS)
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
            assertThat(heard.cuts).as("times the feed was cut").isGreaterThan(5);
        }

        boolean isComplete(Heard heard) {
            return heard.count >= (long) CALLS * EVENTS;
        }
    }

    /** What one client has heard of a producer's calls, over all its connections. */
    private static final class Heard {
        private final List<JsonObject> events = new ArrayList<>();
        private final Producer producer;
        private long count;
        private int cuts;
        private String last;

        Heard(Producer producer, String last) {
            this.producer = producer;
            this.last = last;
        }

        void take(JsonObject event) {
            last = event.getString("id");
            boolean ours = producer.calls.stream().anyMatch(call -> call.id().equals(event.getString("call_id")));
            if (ours) {
                events.add(event);
                count++;
            }
        }
    }

    @Test
    void serverSentEventsGoOnAfterTheLastEventId() throws Exception {
        Producer producer = new Producer();
        Heard heard = new Heard(producer, "0");
        Random random = new Random(5);
        producer.start();
        while (!producer.isComplete(heard)) {
            followSse(heard, 100 + random.nextInt(900));
            heard.cuts++;
        }
        producer.check(heard);
    }

    private static void followSse(Heard heard, int most) throws Exception {
        HttpResponse<Stream<String>> response = api.client()
                .send(
                        api.request("/v1/events", TestStorage.API_KEY)
                                .header("Last-Event-ID", heard.last)
                                .GET()
                                .build(),
                        BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        String id = "";
        int taken = 0;
        try (Stream<String> lines = response.body()) {
            Iterator<String> line = lines.iterator();
            while (taken < most && !heard.producer.isComplete(heard) && line.hasNext()) {
                String text = line.next();
                if (text.startsWith("id: ")) {
                    id = text.substring(4);
                } else if (text.startsWith("data: ")) {
                    JsonObject event = new JsonObject(text.substring(6));
                    assertThat(event.getString("id")).isEqualTo(id);
                    heard.take(event);
                    taken++;
                }
            }
        }
    }

    @Test
    void webSocketsGoOnAfterTheEventThatIsNamed() throws Exception {
        Producer producer = new Producer();
        Heard heard = new Heard(producer, "0");
        Random random = new Random(6);
        producer.start();
        while (!producer.isComplete(heard)) {
            followSocket(heard, 100 + random.nextInt(900));
            heard.cuts++;
        }
        producer.check(heard);
    }

    private static void followSocket(Heard heard, int most) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        WebSocket socket = api.client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + TestStorage.API_KEY)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + api.port() + "/v1/events?after=" + heard.last),
                        new Collector(messages))
                .get(10, TimeUnit.SECONDS);
        for (int taken = 0; taken < most && !heard.producer.isComplete(heard); taken++) {
            String message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("the next event after " + heard.last).isNotNull();
            heard.take(new JsonObject(message));
        }
        socket.abort();
    }

    private static final class Collector implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final BlockingQueue<String> messages;

        Collector(BlockingQueue<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    @Test
    void anotherTenantsOrNoEventAtAllIsNoPointToGoOnFrom() {
        assertThat(api.get("/v1/events?after=evt_nothing").status()).isEqualTo(400);
    }
}
