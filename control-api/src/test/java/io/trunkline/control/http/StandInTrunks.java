package io.trunkline.control.http;

import io.trunkline.sip.ProbeReport;
import io.trunkline.sip.TrunkStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Trunks that nobody runs. */
final class StandInTrunks implements TrunkPort {
    int changes;

    @Override
    public Future<Void> changed() {
        changes++;
        return Future.succeededFuture();
    }

    @Override
    public TrunkStatus status(String trunkId) {
        return new TrunkStatus(trunkId, TrunkStatus.State.UNKNOWN, Optional.empty(), "not asked yet");
    }

    @Override
    public Future<ProbeReport> probe(String trunkId) {
        ProbeReport.Step step =
                new ProbeReport.Step(ProbeReport.Test.OPTIONS, "a (127.0.0.1:1/UDP)", true, 200, 3, "OPTIONS: 200 OK");
        return Future.succeededFuture(
                new ProbeReport(trunkId, true, "It answers.", List.of("Nothing to do."), List.of(step)));
    }
}
