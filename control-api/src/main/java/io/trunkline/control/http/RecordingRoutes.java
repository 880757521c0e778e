package io.trunkline.control.http;

import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.RecordingQueries;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v1/recordings}: what was recorded and the audio itself, whole or in ranges. */
final class RecordingRoutes {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

    private final Vertx vertx;
    private final RecordingQueries recordings;
    private final CallQueries calls;
    private final Path folder;

    RecordingRoutes(Vertx vertx, RecordingQueries recordings, CallQueries calls, Path folder) {
        this.vertx = vertx;
        this.recordings = recordings;
        this.calls = calls;
        this.folder = folder;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "listRecordings", this::list,
                "getRecording", this::get,
                "getRecordingAudio", this::audio,
                "listCallRecordings", this::ofCall);
    }

    private Future<Answer> list(Ask ask) {
        Page.Window window = Page.Window.of(ask.integer("limit", 50), ask.text("cursor"));
        return recordings.list(ask.scope(), window).map(page -> Answer.ok(page.json()));
    }

    private Future<Answer> ofCall(Ask ask) {
        return calls.find(ask.id(), ask.scope())
                .compose(call -> call.isEmpty()
                        ? Future.failedFuture(Problem.notFound())
                        : recordings.ofCall(ask.id(), ask.scope()))
                .map(found -> Answer.ok(new JsonObject().put("items", new JsonArray(found))));
    }

    private Future<Answer> get(Ask ask) {
        return find(ask).map(Answer::ok);
    }

    private Future<JsonObject> find(Ask ask) {
        return recordings.find(ask.id(), ask.scope()).map(found -> found.orElseThrow(Problem::notFound));
    }

    /** The name of the file is made of an id that the database knows, never of what was asked for. */
    private Future<Answer> audio(Ask ask) {
        return find(ask).compose(recording -> {
            if (!recording.getString("status").equals("completed")) {
                throw Problem.of(409, "conflict", "The recording is " + recording.getString("status") + ".");
            }
            String file = folder.resolve(recording.getString("id") + ".wav").toString();
            return vertx.fileSystem()
                    .props(file)
                    .map(props -> (Answer) new Answer.Direct(
                            request -> send(request, file, props.size(), "\"" + recording.getString("sha256") + "\"")))
                    .recover(gone -> Future.failedFuture(Problem.notFound()));
        });
    }

    private static void send(HttpServerRequest request, String file, long size, String tag) {
        var response = request.response()
                .putHeader("Content-Type", "audio/wav")
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        Matcher range = RANGE.matcher(String.valueOf(request.getHeader("Range")));
        long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
        long to = range.matches() && !range.group(2).isEmpty() ? Long.parseLong(range.group(2)) : size - 1;
        if (from > to || from >= size) {
            response.setStatusCode(416)
                    .putHeader("Content-Range", "bytes */" + size)
                    .end();
            return;
        }
        long last = Math.min(to, size - 1);
        if (range.matches()) {
            response.setStatusCode(206).putHeader("Content-Range", "bytes " + from + "-" + last + "/" + size);
        }
        response.sendFile(file, from, last - from + 1);
    }
}
