package io.trunkline.control.http;

import io.trunkline.control.store.CallQueries;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.RecordingStore;
import io.trunkline.control.store.Scope;
import io.trunkline.control.store.Times3;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/recordings}: what was recorded, and the audio itself. */
final class RecordingRoutes {
    private final Vertx vertx;
    private final RecordingStore store;
    private final CallQueries calls;
    private final AudioForms forms;
    private final LinkSigner links;
    private final InstantSource clock;

    RecordingRoutes(
            Vertx vertx,
            RecordingStore store,
            CallQueries calls,
            AudioForms forms,
            LinkSigner links,
            InstantSource clock) {
        this.vertx = vertx;
        this.store = store;
        this.calls = calls;
        this.forms = forms;
        this.links = links;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "listRecordings", ask -> list(ask, ask.text("call_id")),
                "listCallRecordings", this::ofCall,
                "getRecording", ask -> find(ask).map(Answer::ok),
                "patchRecording", this::patch,
                "deleteRecording", this::delete,
                "getRecordingAudio", this::audio,
                "getWaveform", this::waveform,
                "createRecordingLink", this::link);
    }

    private Future<Answer> list(Ask ask, Optional<String> callId) {
        return store.list(callId, ask.scope(), Page.Window.of(ask.integer("limit", 50), ask.text("cursor")))
                .map(page -> Answer.ok(page.json()));
    }

    private Future<Answer> ofCall(Ask ask) {
        return calls.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .compose(call -> list(ask, Optional.of(ask.id())));
    }

    private Future<Answer> patch(Ask ask) {
        return find(ask)
                .compose(found -> store.hold(ask.id(), ask.body().getBoolean("legal_hold")))
                .compose(done -> find(ask))
                .map(Answer::ok);
    }

    private Future<Answer> delete(Ask ask) {
        return find(ask).compose(found -> store.delete(ask.id())).compose(deleted -> {
            if (!deleted) {
                throw Problem.conflict("It is under legal hold, or still being recorded.");
            }
            return vertx.executeBlocking(
                    () -> {
                        forms.delete(ask.id());
                        return Answer.noContent();
                    },
                    false);
        });
    }

    private Future<Answer> audio(Ask ask) {
        String format = ask.text("format").orElse("wav");
        Optional<Integer> channel = channel(ask);
        return find(ask).compose(found -> {
            if (!found.getString("status").equals("completed")) {
                return unfinished(ask, found.getString("status"), format.equals("wav") && channel.isEmpty());
            }
            String tag = found.getString("sha256") + "-" + format
                    + channel.map(String::valueOf).orElse("");
            return vertx.executeBlocking(() -> forms.file(ask.id(), format, channel), false)
                    .map(file -> (Answer) new Answer.Direct(
                            request -> new FileAnswer(vertx, file, type(file), tag, ask.requestId()).write(request)));
        });
    }

    private static Optional<Integer> channel(Ask ask) {
        return ask.text("channel").map(text -> text.equals("right") || text.equals("1") ? 1 : 0);
    }

    /** While the call runs there is the WAV as far as it has come. */
    private Future<Answer> unfinished(Ask ask, String status, boolean asItIs) {
        boolean runs = status.equals("recording") || status.equals("paused");
        if (!runs || !asItIs) {
            throw Problem.conflict("The recording is " + status
                    + (runs
                            ? "; until it is completed there is only format=wav with both channels."
                            : ", not completed."));
        }
        Path file = forms.unfinished(ask.id()).orElseThrow(Problem::notFound);
        return Future.succeededFuture(new Answer.Direct(
                request -> FileAnswer.growing(vertx, file, ask.requestId()).write(request)));
    }

    private static String type(Path file) {
        String name = file.toString();
        return name.endsWith(".mp3") ? "audio/mpeg" : name.endsWith(".ogg") ? "audio/ogg" : "audio/wav";
    }

    private Future<Answer> waveform(Ask ask) {
        int points = ask.integer("points", 200);
        if (ask.text("format").orElse("json").equals("png")) {
            return find(ask)
                    .compose(found -> vertx.executeBlocking(() -> picture(ask, points, found), false))
                    .map(png -> new Answer.Direct(request -> request.response()
                            .putHeader("Content-Type", "image/png")
                            .end(Buffer.buffer(png))));
        }
        return find(ask)
                .compose(found -> vertx.executeBlocking(() -> forms.peaks(ask.id(), points, channel(ask)), false))
                .map(peaks -> Answer.ok(new JsonObject().put("peaks", new JsonArray(peaks))));
    }

    private byte[] picture(Ask ask, int points, JsonObject found) throws IOException, InterruptedException {
        Optional<Integer> wanted = channel(ask);
        int channels = wanted.isPresent() ? 1 : found.getInteger("channels", 1);
        List<List<Double>> bands = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            bands.add(forms.peaks(ask.id(), points, channels == 1 ? wanted : Optional.of(i)));
        }
        return WaveformPicture.png(bands);
    }

    private Future<Answer> link(Ask ask) {
        Instant until = clock.instant().plusSeconds(ask.body().getInteger("expires_in", 3600));
        return find(ask)
                .map(found -> Answer.created(new JsonObject()
                        .put("url", links.sign("/v1/recordings/" + ask.id() + "/audio", until))
                        .put("expires_at", Times3.text(until))));
    }

    private Future<JsonObject> find(Ask ask) {
        Scope scope = ask.scope();
        return store.find(ask.id(), scope).map(found -> found.orElseThrow(Problem::notFound));
    }
}
