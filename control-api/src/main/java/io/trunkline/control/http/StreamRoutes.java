package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.Calls;
import io.trunkline.control.call.Verb;
import io.trunkline.control.store.CallQueries;
import io.trunkline.control.stream.StreamService;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** {@code WS /v1/calls/{id}/stream}: a program that comes to its call. */
final class StreamRoutes {
    private final Calls calls;
    private final CallQueries queries;
    private final StreamService streams;
    private final StreamRequests requests;

    StreamRoutes(Calls calls, CallQueries queries, StreamService streams, StreamRequests requests) {
        this.calls = calls;
        this.queries = queries;
        this.streams = streams;
        this.requests = requests;
    }

    Map<String, Operation> operations() {
        return Map.of("joinStream", this::join);
    }

    private Future<Answer> join(Ask ask) {
        return queries.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .map(call -> {
                    String callId = call.getString("id");
                    if (calls.live(callId).isEmpty()) {
                        throw Problem.of(409, "call_not_active", "This call has ended.");
                    }
                    if (!WebSockets.wanted(ask.raw())) {
                        throw Problem.invalid("path", "takes a WebSocket only");
                    }
                    Verb.Stream verb =
                            new Verb.Stream(Ids.next("stream"), requests.spec(new JsonObject(ask.query()), "stream"));
                    return new Answer.Direct(request -> upgrade(request, callId, verb));
                });
    }

    private void upgrade(HttpServerRequest request, String callId, Verb.Stream verb) {
        request.toWebSocket().onSuccess(socket -> welcome(socket, callId, verb));
    }

    private void welcome(ServerWebSocket socket, String callId, Verb.Stream verb) {
        if (streams.arrive(callId, verb.streamId(), socket)) {
            return;
        }
        CallRoutes.asked(() -> calls.command(callId, verb)).onFailure(refused -> streams.sendAway(verb.streamId()));
    }
}
