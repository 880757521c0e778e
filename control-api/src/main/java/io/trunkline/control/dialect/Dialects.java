package io.trunkline.control.dialect;

import io.micrometer.core.instrument.MeterRegistry;
import io.trunkline.control.events.WebhookForms;
import io.trunkline.control.http.SideRoutes;
import io.trunkline.control.store.WebhookLanes.Head;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every dialect there is: the one door to this package. */
public final class Dialects implements WebhookForms {
    private final Map<String, Dialect> byName;

    public Dialects() {
        this(List.of(new Minivoice(), new Cawme(), new Wavix(), new Ryze(), new Vobiz()));
    }

    Dialects(List<Dialect> dialects) {
        this.byName = dialects.stream().collect(Collectors.toMap(Dialect::name, Function.identity()));
    }

    public SideRoutes routes(MeterRegistry meters) {
        return new DialectRoutes(List.copyOf(byName.values()), new RequestCounter(meters));
    }

    /** A script in another API's words, in ours; any other text as it is. */
    public String script(String answer) {
        return answer.stripLeading().startsWith("{") ? translated(answer) : answer;
    }

    private String translated(String answer) {
        try {
            JsonObject object = new JsonObject(answer);
            return byName.values().stream()
                    .flatMap(dialect -> dialect.script(object).stream())
                    .map(JsonArray::encode)
                    .findFirst()
                    .orElse(answer);
        } catch (DecodeException notJson) {
            return answer; // whoever reads scripts says what is wrong
        }
    }

    @Override
    public Optional<Letter> write(Head head, Instant now) {
        Optional<Dialect> dialect = head.dialect().map(byName::get);
        return dialect.isEmpty() ? NATIVE.write(head, now) : written(dialect.get(), head, now);
    }

    private static Optional<Letter> written(Dialect dialect, Head head, Instant now) {
        return dialect.webhook(new JsonObject(head.body())).map(told -> {
            String body = told.encode();
            Map<String, String> headers = new HashMap<>(WebhookForms.headers(head, now, body));
            headers.putAll(dialect.signature(told, body, head.secrets(), now));
            return new Letter(body, headers);
        });
    }
}
