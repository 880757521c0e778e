package io.trunkline.control.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are answered together, each with its own answer. */
class GroupedTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatIsAskedAtOnceIsDoneTogetherAndEachGetsItsOwnAnswer() throws Exception {
        List<String> answers = ask(group ->
                Future.succeededFuture(group.stream().map(n -> "no. " + n).toList()));
        assertThat(answers).containsExactly("no. 1", "no. 2", "no. 3");
        assertThat(groups).containsExactly(List.of(1, 2, 3));
    }

    @Test
    void onlyTheOneAtFaultFails() throws Exception {
        List<String> answers = ask(group -> group.contains(2)
                ? Future.failedFuture("2 is at fault")
                : Future.succeededFuture(group.stream().map(n -> "no. " + n).toList()));
        assertThat(answers).containsExactly("no. 1", "2 is at fault", "no. 3");
        assertThat(groups).contains(List.of(1, 2, 3), List.of(1), List.of(2), List.of(3));
    }

    @Test
    void whatComesWhileAGroupIsAtWorkIsTheNextGroup() throws Exception {
        Promise<List<String>> slow = Promise.promise();
        CompletableFuture<List<Integer>> second = new CompletableFuture<>();
        vertx.runOnContext(_ -> {
            List<Grouped<Integer, String>> self = new ArrayList<>();
            self.add(new Grouped<>(vertx, group -> {
                if (group.contains(1)) {
                    self.getFirst().ask(2);
                    self.getFirst().ask(3);
                    vertx.runOnContext(_ -> slow.complete(List.of("done")));
                    return slow.future();
                }
                second.complete(group);
                return Future.succeededFuture(
                        group.stream().map(String::valueOf).toList());
            }));
            self.getFirst().ask(1);
        });
        assertThat(second.get(10, TimeUnit.SECONDS)).containsExactly(2, 3);
    }

    private List<String> ask(Function<List<Integer>, Future<List<String>>> work) throws Exception {
        CompletableFuture<List<String>> answered = new CompletableFuture<>();
        vertx.runOnContext(_ -> {
            Grouped<Integer, String> grouped = new Grouped<>(vertx, group -> {
                groups.add(group);
                return work.apply(group);
            });
            List<Future<String>> asked = List.of(1, 2, 3).stream()
                    .map(n -> grouped.ask(n).otherwise(Throwable::getMessage))
                    .toList();
            Future.all(asked)
                    .onSuccess(_ ->
                            answered.complete(asked.stream().map(Future::result).toList()));
        });
        return answered.get(10, TimeUnit.SECONDS);
    }
}
