package io.trunkline.control;

import io.trunkline.control.call.Admission;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.Tariff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Admits every call, free of charge. */
final class OpenAdmission implements Admission {
    @Override
    public CompletionStage<Decision> admit(NewCall plan, List<String> trunkIds) {
        return CompletableFuture.completedFuture(new Grant(
                plan.from().orElse("+15550100000"),
                trunkIds,
                Tariff.free("USD"),
                Optional.empty(),
                CompletableFuture.completedFuture(null)));
    }

    @Override
    public void withdrawn(String callId) {}

    @Override
    public boolean moveTo(String callId, String trunkId) {
        return true;
    }

    @Override
    public void answered(String callId, long answeredNanos, Payer payer) {}

    @Override
    public void ended(CallSnapshot call) {}

    @Override
    public CompletionStage<Map<String, CallSnapshot.Charge>> cut(List<String> callIds) {
        return CompletableFuture.completedFuture(Map.of());
    }
}
