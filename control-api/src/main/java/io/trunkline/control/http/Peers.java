package io.trunkline.control.http;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;

/** The other nodes, as far as requests go: who has what a request is about answers it. */
@FunctionalInterface
public interface Peers {
    /** There is one node. */
    Peers NONE = (request, spec, path, body) -> Future.succeededFuture(Optional.empty());

    /** The other node's answer; empty when this node is the one to ask. */
    Future<Optional<Answer>> elsewhere(
            HttpServerRequest request, OperationSpec spec, Map<String, String> path, Buffer body);
}
