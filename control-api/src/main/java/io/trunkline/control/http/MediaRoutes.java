package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.Tenants;
import io.trunkline.media.AudioInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/media}: audio uploaded once and played often. */
final class MediaRoutes {
    private final Vertx vertx;
    private final ResourceStore store;
    private final AudioFiles files;
    private final Tenants tenants;

    MediaRoutes(Vertx vertx, ResourceStore store, AudioFiles files, Tenants tenants) {
        this.vertx = vertx;
        this.store = store;
        this.files = files;
        this.tenants = tenants;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "createMedia", this::create,
                "listMedia", this::list,
                "getMedia", ask -> find(ask).map(found -> Answer.ok(show(found))),
                "deleteMedia", this::delete);
    }

    private Future<Answer> create(Ask ask) {
        String id = Ids.next(ResourceKind.MEDIA.prefix());
        String base64 = ask.body().getString("audio_base64");
        return tenants.caller(ask.principal())
                .compose(caller -> vertx.executeBlocking(() -> files.keepAs(id, base64, "audio_base64"), false)
                        .compose(info -> store.create(
                                ResourceKind.MEDIA,
                                ResourceStore.fresh(
                                        id,
                                        Optional.of(caller.owner().accountId()),
                                        ask.body().getString("name", id),
                                        doc(info),
                                        new JsonObject()))))
                .recover(ResourceRoutes::conflict)
                .map(made -> Answer.created(show(made)));
    }

    private static JsonObject doc(AudioInfo info) {
        return new JsonObject()
                .put("format", info.format())
                .put("sample_rate", info.sampleRate())
                .put("duration_ms", info.durationMs());
    }

    private Future<Answer> list(Ask ask) {
        Page.Window window = Page.Window.of(ask.integer("limit", 50), ask.text("cursor"));
        return store.list(ResourceKind.MEDIA, ask.principal().accountId(), window)
                .map(found ->
                        Answer.ok(Page.of(found.stream().map(MediaRoutes::show).toList(), window.limit())
                                .json()));
    }

    private Future<Answer> delete(Ask ask) {
        return find(ask)
                .compose(found -> store.delete(ResourceKind.MEDIA, found.id())
                        .compose(done -> vertx.executeBlocking(
                                () -> {
                                    files.forget(found.id());
                                    return Answer.noContent();
                                },
                                false)));
    }

    private Future<Resource> find(Ask ask) {
        return new Access(ask.principal(), store).find(ResourceKind.MEDIA, ask.id());
    }

    private static JsonObject show(Resource media) {
        return new JsonObject()
                .put("id", media.id())
                .put("account_id", media.accountId().orElse(null))
                .put("name", media.name())
                .mergeIn(media.doc())
                .put("created_at", media.createdAt());
    }
}
