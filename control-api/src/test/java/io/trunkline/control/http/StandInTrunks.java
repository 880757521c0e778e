package io.trunkline.control.http;

import io.trunkline.sip.TrunkStatus;
import io.vertx.core.Future;
import java.util.Optional;

/** Trunks that nobody runs. */
final class StandInTrunks implements TrunkPort {
    int changes;

    @Override
    public void changed() {
        changes++;
    }

    @Override
    public TrunkStatus status(String trunkId) {
        return new TrunkStatus(trunkId, TrunkStatus.State.UNKNOWN, Optional.empty(), "not asked yet");
    }

    @Override
    public Future<TrunkStatus> probe(String trunkId) {
        return Future.succeededFuture(new TrunkStatus(trunkId, TrunkStatus.State.UP, Optional.empty(), "answered"));
    }
}
