package io.trunkline.control.http;

import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.sip.ProbeReport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
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
                ask -> trunk(ask).compose(trunk -> trunks.probe(trunk.id())).map(report -> Answer.ok(shown(report))));
    }

    /** The report, with the health that follows from it. */
    private JsonObject shown(ProbeReport report) {
        JsonArray steps = new JsonArray();
        report.steps().forEach(step -> steps.add(shown(step)));
        return TrunkRules.status(trunks.status(report.trunkId()))
                .put("ok", report.ok())
                .put("summary", report.summary())
                .put("advice", new JsonArray(report.advice()))
                .put("steps", steps);
    }

    private static JsonObject shown(ProbeReport.Step step) {
        return new JsonObject()
                .put("test", step.test().name().toLowerCase(Locale.ROOT))
                .put("target", step.target())
                .put("ok", step.ok())
                .put("sip_status", step.sipCode() == 0 ? null : step.sipCode())
                .put("ms", step.millis())
                .put("text", step.text());
    }

    private Future<Resource> trunk(Ask ask) {
        return new Access(ask.principal(), store).find(ResourceKind.TRUNK, ask.id());
    }
}
