package io.trunkline.control.http;

import io.trunkline.control.events.FeedSink;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/** A feed told in another API's words; what it has no words for is left out. */
record TranslatedSink(FeedSink sink, Function<JsonObject, Optional<JsonObject>> words) implements FeedSink {
    @Override
    public void send(String eventId, String type, String body) {
        words.apply(new JsonObject(body)).ifPresent(told -> sink.send(eventId, type, told.encode()));
    }

    @Override
    public boolean full() {
        return sink.full();
    }

    @Override
    public void whenDrained(Runnable ready) {
        sink.whenDrained(ready);
    }

    @Override
    public void fail() {
        sink.fail();
    }
}
