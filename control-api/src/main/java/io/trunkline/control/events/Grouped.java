package io.trunkline.control.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gathers what many ask for one by one, for a few milliseconds and for as long as the group before is at work, and has
 * it done together. What fails together is tried alone, so that only the one at fault fails. As many wait as their
 * askers begin, who bound that themselves.
 *
 * <p>Belongs to one event loop.
 */
final class Grouped<Q, R> {
    private static final long GATHER_MILLIS = 10;

    private record Asked<Q, R>(Q what, Promise<R> answer) {}

    private final Vertx vertx;
    private final Function<List<Q>, Future<List<R>>> work;
    private List<Asked<Q, R>> waiting = new ArrayList<>();
    private boolean busy;

    /** @param work answers each of a group, in its order */
    Grouped(Vertx vertx, Function<List<Q>, Future<List<R>>> work) {
        this.vertx = vertx;
        this.work = work;
    }

    Future<R> ask(Q what) {
        Asked<Q, R> asked = new Asked<>(what, Promise.promise());
        waiting.add(asked);
        if (!busy) {
            busy = true;
            gather();
        }
        return asked.answer().future();
    }

    private void gather() {
        vertx.setTimer(GATHER_MILLIS, _ -> {
            List<Asked<Q, R>> group = waiting;
            waiting = new ArrayList<>();
            run(group).onComplete(_ -> {
                busy = !waiting.isEmpty();
                if (busy) {
                    gather();
                }
            });
        });
    }

    private Future<?> run(List<Asked<Q, R>> group) {
        return work.apply(group.stream().map(Asked::what).toList())
                .onSuccess(answers -> {
                    for (int i = 0; i < group.size(); i++) {
                        group.get(i).answer().complete(answers.get(i));
                    }
                })
                .recover(failure -> group.size() == 1 ? fail(group.getFirst(), failure) : alone(group));
    }

    private Future<List<R>> fail(Asked<Q, R> asked, Throwable failure) {
        asked.answer().fail(failure);
        return Future.succeededFuture(List.of());
    }

    private Future<List<R>> alone(List<Asked<Q, R>> group) {
        return Future.join(group.stream().map(asked -> run(List.of(asked))).toList())
                .map(List.of());
    }
}
