package io.trunkline.control.call;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Says whether a call may be placed: limits, rate, balance. A refusal is a {@link CallRefused}; nothing was stored. */
public interface Admission {
    CompletionStage<Grant> admit(NewCall plan, List<String> trunkIds);

    /** The call has ended: what was held for it is settled. */
    void ended(CallSnapshot call);

    /**
     * A call that may go ahead.
     *
     * @param from the caller id it is placed with
     * @param trunkIds where it may go, best first
     */
    record Grant(String from, List<String> trunkIds, CallSnapshot.Charge charge) {}
}
