package io.trunkline.control.billing;

import io.vertx.core.AsyncResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that something begins to fail, and once that it works again. Of its owner's thread. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String what;
    private boolean failing;

    Outage(String what) {
        this.what = what;
    }

    void after(AsyncResult<?> attempt) {
        if (attempt.failed() && !failing) {
            LOG.warn("{} is failing, and tried again until it works: {}", what, String.valueOf(attempt.cause()));
        } else if (attempt.succeeded() && failing) {
            LOG.info("{} works again", what);
        }
        failing = attempt.failed();
    }
}
