package io.trunkline.control.events;

import io.trunkline.control.store.WebhookLanes;
import io.trunkline.control.store.WebhookLanes.Head;
import io.trunkline.control.store.WebhookLanes.Lane;
import io.trunkline.control.store.WebhookLanes.Step;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the outbox: claims lanes that are due, sends each one's deliveries in order, one at a time; what the
 * database has to do for them is done for many lanes at once. What fails
 * waits as {@link RetryTable} says; a receiver that is down costs one request now and then, and no one else anything.
 *
 * <p>Owned by one event loop; {@link #wake} may come from anywhere.
 */
public final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 128;
    private static final long IDLE_POLL_MILLIS = 1_000;
    /** Between two looks at the outbox, so that each finds more. */
    private static final long REST_MILLIS = 20;

    private static final long PROBE_MILLIS = Duration.ofSeconds(60).toMillis();

    private final Vertx vertx;
    private final Context loop;
    private final WebhookLanes lanes;
    private final WebhookPost post;
    private final WebhookForms forms;
    private final InstantSource clock;
    private final Circuits circuits = new Circuits();
    private final Grouped<Step, Optional<Head>> steps;
    private final Grouped<Lane, Boolean> ends;
    private final AtomicBoolean awake = new AtomicBoolean();
    private boolean polling;
    private boolean again;
    private boolean closed;

    public WebhookSender(Vertx vertx, WebhookLanes lanes, WebhookPost post, WebhookForms forms, InstantSource clock) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.lanes = lanes;
        this.post = post;
        this.forms = forms;
        this.clock = clock;
        this.steps = new Grouped<>(vertx, lanes::advance);
        this.ends = new Grouped<>(vertx, over -> lanes.close(over).map(_ -> Collections.nCopies(over.size(), true)));
    }

    public Future<Void> start() {
        return lanes.unparkAll()
                .onSuccess(done -> loop.runOnContext(start -> {
                    vertx.setPeriodic(IDLE_POLL_MILLIS, tick -> poll());
                    vertx.setPeriodic(
                            PROBE_MILLIS,
                            tick -> circuits.open().forEach(url -> {
                                if (circuits.admits(url)) {
                                    quietly(lanes.probe(url));
                                }
                            }));
                    poll();
                }));
    }

    /** Something new may be due. */
    public void wake() {
        if (awake.compareAndSet(false, true)) {
            loop.runOnContext(now -> {
                awake.set(false);
                poll();
            });
        }
    }

    @Override
    public void close() {
        loop.runOnContext(now -> closed = true);
    }

    private void poll() {
        if (polling || closed) {
            again = true;
            return;
        }
        int free = AT_ONCE - circuits.inFlight();
        if (free <= 0) {
            return;
        }
        polling = true;
        again = false;
        lanes.claim(free, Circuits.EACH, circuits.room()).onComplete(claimed -> {
            if (claimed.failed()) {
                LOG.debug("the outbox cannot be read", claimed.cause());
            } else {
                claimed.result().forEach(this::begin);
                again |= claimed.result().size() == free;
            }
            vertx.setTimer(REST_MILLIS, _ -> {
                polling = false;
                if (again) {
                    poll();
                }
            });
        });
    }

    private void begin(Lane lane) {
        if (circuits.admits(lane.url())) {
            circuits.started(lane.url());
            run(new Step(lane, Optional.empty(), Optional.empty()), lane.attempts());
        } else if (circuits.isOpen(lane.url())) {
            quietly(lanes.release(lane).compose(done -> lanes.park(lane.url())));
        } else {
            quietly(lanes.release(lane));
        }
    }

    /** Stores what was done and goes on with what follows it. */
    private void run(Step step, int failures) {
        steps.ask(step).onComplete(found -> {
            if (found.failed()) {
                finish(step.lane(), Future.failedFuture(found.cause()));
            } else if (found.result().isEmpty()) {
                finish(step.lane(), ends.ask(step.lane()).mapEmpty());
            } else {
                send(step.lane(), found.result().get(), failures);
            }
        });
    }

    private void send(Lane lane, Head head, int failures) {
        Optional<WebhookForms.Letter> letter = forms.write(head, clock.instant());
        if (letter.isEmpty()) {
            next(lane, head, Optional.empty());
            return;
        }
        post.send(lane.url(), letter.get()).onComplete(sent -> {
            if (sent.failed()) {
                onFailed(lane, head, failures, Optional.empty(), reason(sent.cause()));
            } else if (sent.result() / 100 == 2) {
                onTaken(lane, head, sent.result());
            } else {
                onFailed(lane, head, failures, Optional.of(sent.result()), "answered " + sent.result());
            }
        });
    }

    private void onTaken(Lane lane, Head head, int status) {
        if (circuits.succeeded(lane.url())) {
            LOG.info("webhooks to {} flow again", lane.url());
            quietly(lanes.unpark(lane.url()));
        }
        next(lane, head, Optional.of(status));
    }

    private void next(Lane lane, Head head, Optional<Integer> status) {
        run(new Step(lane, Optional.of(head), status), 0);
    }

    private void onFailed(Lane lane, Head head, int failures, Optional<Integer> status, String error) {
        Instant first = head.firstTried().toInstant();
        Optional<Duration> wait = RetryTable.waitAfter(failures, first, clock.instant());
        boolean wasOpen = circuits.isOpen(lane.url());
        boolean open = circuits.failed(lane.url());
        if (open && !wasOpen) {
            LOG.warn("webhooks to {} are not taken: {}", lane.url(), error);
        }
        Future<Void> stored = lanes.failed(lane, head, status, error, wait);
        finish(lane, open ? stored.compose(done -> lanes.park(lane.url())) : stored);
    }

    private void finish(Lane lane, Future<Void> last) {
        last.onComplete(done -> {
            if (done.failed()) {
                LOG.debug("lane {} waits until its lease ends", lane.callId(), done.cause());
            }
            circuits.finished(lane.url());
            poll();
        });
    }

    private static void quietly(Future<Void> work) {
        work.onFailure(failure -> LOG.debug("the outbox cannot be written", failure));
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        return text.substring(0, Math.min(500, text.length()));
    }
}
