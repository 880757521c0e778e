package io.trunkline.control;

import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.http.TrunkPort;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.TrunkJson;
import io.trunkline.sip.ProbeReport;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.TrunkStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trunks of storage and the sandbox's, put into the book at the start and after each change. */
final class LiveTrunks implements TrunkPort {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTrunks.class);

    private final ResourceStore store;
    private final TrunkBook book;
    private final SipStack sip;
    private final Optional<TrunkBook.Entry> sandbox;
    private Future<Void> reading = Future.succeededFuture();

    LiveTrunks(ResourceStore store, TrunkBook book, SipStack sip, Optional<TrunkBook.Entry> sandbox) {
        this.store = store;
        this.book = book;
        this.sip = sip;
        this.sandbox = sandbox;
    }

    /** One after the other, so that an older reading never replaces a newer one. */
    synchronized Future<Void> load() {
        reading = reading.otherwiseEmpty().compose(_ -> read());
        return reading;
    }

    private Future<Void> read() {
        return store.all(ResourceKind.TRUNK).map(stored -> {
            List<TrunkBook.Entry> all = new ArrayList<>(sandbox.stream().toList());
            stored.forEach(trunk -> all.add(TrunkJson.entry(trunk)));
            book.replace(all);
            return null;
        });
    }

    @Override
    public Future<Void> changed() {
        return load().recover(failure -> {
            LOG.warn("the trunks could not be read again: {}", failure.toString());
            return Future.succeededFuture();
        });
    }

    @Override
    public TrunkStatus status(String trunkId) {
        return sip.status(trunkId);
    }

    @Override
    public Future<ProbeReport> probe(String trunkId) {
        return load().compose(_ -> Future.fromCompletionStage(sip.probe(trunkId)));
    }
}
