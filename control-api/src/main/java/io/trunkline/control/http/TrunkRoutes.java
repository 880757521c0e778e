package io.trunkline.control.http;

import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.vertx.core.Future;
import java.util.Map;

/** What can be asked of a trunk besides changing it. */
final class TrunkRoutes {
    private final ResourceStore store;
    private final TrunkPort trunks;

    TrunkRoutes(ResourceStore store, TrunkPort trunks) {
        this.store = store;
        this.trunks = trunks;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "getTrunkStatus",
                ask -> trunk(ask).map(trunk -> Answer.ok(TrunkRules.status(trunks.status(trunk.id())))),
                "probeTrunk",
                ask -> trunk(ask)
                        .compose(trunk -> trunks.probe(trunk.id()))
                        .map(status -> Answer.ok(TrunkRules.status(status))));
    }

    private Future<Resource> trunk(Ask ask) {
        return new Access(ask.principal(), store).find(ResourceKind.TRUNK, ask.id());
    }
}
