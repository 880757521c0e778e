package io.trunkline.control;

import io.trunkline.control.billing.Holds;
import io.trunkline.control.events.EventLog;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.control.events.VerdictCounter;
import io.trunkline.control.events.WebhookForms;
import io.trunkline.control.events.WebhookPost;
import io.trunkline.control.events.WebhookSender;
import io.trunkline.control.store.EventQueries;
import io.trunkline.control.store.PgCallStore;
import io.trunkline.control.store.StoragePulse;
import io.trunkline.control.store.WebhookLanes;
import io.vertx.core.Vertx;

/**
 * Where events become durable and leave the house.
 *
 * @param guard over every address that a user names
 * @param pulse whether the database answers
 */
record EventRoom(EventLog log, PgCallStore store, UrlGuard guard, WebhookSender webhooks, StoragePulse pulse) {
    static EventRoom open(Ground ground, ControlConfig config, WebhookForms forms) {
        Vertx vertx = ground.vertx();
        EventLog log = new EventLog(
                vertx, new EventQueries(ground.pool()), config.node().url().isPresent());
        UrlGuard guard = new UrlGuard(vertx, fetchPolicy(config));
        WebhookSender webhooks = new WebhookSender(
                vertx,
                new WebhookLanes(ground.outbox(), ground.secrets()),
                new WebhookPost(vertx, guard),
                forms,
                ground.clock());
        log.listen(_ -> webhooks.wake());
        log.listen(new VerdictCounter(ground.meters()));
        PgCallStore store = new PgCallStore(
                vertx,
                ground.writers(),
                ground.node(),
                new Holds(ground.clock()),
                log,
                config.data().resolve("journal"));
        return new EventRoom(log, store, guard, webhooks, StoragePulse.start(vertx, ground.pool()));
    }

    /** Deliveries that an earlier run left behind go out from here on. */
    void startDelivering(Shutdown shutdown) {
        Starting.await(webhooks.start());
        shutdown.add("webhooks", webhooks);
    }

    /** Loopback may be fetched from while nobody but this machine can ask for it. */
    private static FetchPolicy fetchPolicy(ControlConfig config) {
        boolean onlyHere = config.http().bind().stream().allMatch(BindAddresses::isLoopback);
        return config.fetch().allow().isEmpty() && onlyHere
                ? FetchPolicy.loopback()
                : FetchPolicy.of(config.fetch().allow());
    }
}
