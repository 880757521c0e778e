package io.trunkline.control.http;

import io.vertx.core.Future;

/** What one operation of the document does with a request that is already authenticated and valid by syntax. */
@FunctionalInterface
public interface Operation {
    Future<Answer> handle(Ask ask);
}
