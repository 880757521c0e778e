package io.trunkline.control.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Keeps long work off the event loops. */
final class Blocking {
    private Blocking() {}

    /** A large body carries audio: it is decoded, hashed and written to disk. A small one may still, so look inside. */
    static <T> Future<T> ifLarge(Vertx vertx, Ask ask, Supplier<T> work) {
        if (ask.bytes() > Limits.LARGE || ask.body().encode().contains("audio_base64")) {
            return vertx.executeBlocking(work::get, false);
        }
        try {
            return Future.succeededFuture(work.get());
        } catch (RuntimeException refused) {
            return Future.failedFuture(refused);
        }
    }
}
