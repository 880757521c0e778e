package io.trunkline.control.http;

import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Scope;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Streams every call that matches, a page at a time and no faster than the client reads. */
final class CallExport {
    private static final int PAGE = 500;
    private static final List<String> COLUMNS = List.of(
            "id",
            "direction",
            "from",
            "to",
            "status",
            "line",
            "trunk",
            "created_at",
            "answered_at",
            "ended_at",
            "duration_ms",
            "billed_seconds",
            "cost",
            "currency",
            "cause.code",
            "cause.sip_status",
            "cause.q850",
            "amd.verdict",
            "quality.mos",
            "tag");

    private final CallQueries queries;
    private final CallQueries.Filter filter;
    private final Scope scope;
    private final Format format;
    private final HttpServerResponse response;

    enum Format {
        CSV("text/csv"),
        LINES("application/x-ndjson");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    CallExport(
            CallQueries queries, CallQueries.Filter filter, Scope scope, Format format, HttpServerResponse response) {
        this.queries = queries;
        this.filter = filter;
        this.scope = scope;
        this.format = format;
        this.response = response;
    }

    static Optional<Format> wanted(Optional<String> accept) {
        return accept.flatMap(types -> types.contains(Format.CSV.type)
                ? Optional.of(Format.CSV)
                : types.contains(Format.LINES.type) ? Optional.of(Format.LINES) : Optional.empty());
    }

    void begin() {
        response.setChunked(true).putHeader("Content-Type", format.type + "; charset=utf-8");
        if (format == Format.CSV) {
            response.write(String.join(",", COLUMNS) + "\r\n");
        }
        next(Optional.empty());
    }

    private void next(Optional<String> cursor) {
        queries.list(filter, scope, Page.Window.of(PAGE, cursor)).onComplete(read -> {
            if (response.closed()) {
                return;
            }
            if (read.failed()) {
                response.reset(); // a torn export must not look whole
                return;
            }
            Page page = read.result();
            String text = page.items().stream().map(this::row).collect(Collectors.joining());
            if (page.cursor().isEmpty()) {
                response.end(text);
            } else {
                response.write(text).onSuccess(written -> next(page.cursor()));
            }
        });
    }

    private String row(JsonObject call) {
        return format == Format.LINES
                ? call.encode() + "\n"
                : COLUMNS.stream().map(column -> cell(call, column)).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(JsonObject call, String column) {
        int dot = column.indexOf('.');
        JsonObject holder = dot < 0 ? call : call.getJsonObject(column.substring(0, dot));
        Object value = holder == null ? null : holder.getValue(column.substring(dot + 1));
        return value == null ? "" : Csv.cell(value.toString(), column.equals("tag"));
    }
}
