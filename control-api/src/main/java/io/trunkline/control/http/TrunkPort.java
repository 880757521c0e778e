package io.trunkline.control.http;

import io.trunkline.sip.ProbeReport;
import io.trunkline.sip.TrunkStatus;
import io.vertx.core.Future;

/** What the API asks of those who run the trunks. */
public interface TrunkPort {
    /** A trunk was made, changed or deleted: completes when they have been read again. Never fails. */
    Future<Void> changed();

    TrunkStatus status(String trunkId);

    /** Asks the trunk now, in every way that rings nobody. */
    Future<ProbeReport> probe(String trunkId);
}
