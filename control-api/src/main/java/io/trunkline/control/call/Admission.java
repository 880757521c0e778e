package io.trunkline.control.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Says whether a call may be placed, and follows its money and its place in the limits to the end. */
public interface Admission {
    /**
     * Asks before anything is stored. A refusal is a {@link CallRefused}; after a {@link Grant} either {@link
     * #withdrawn} or {@link #ended} follows.
     */
    CompletionStage<Decision> admit(NewCall plan, List<String> trunkIds);

    /**
     * Asks for a call in, over the trunk it came by: the same limits, a rate of its own direction or none. Refusals and
     * what follows a grant are as for {@link #admit}.
     */
    CompletionStage<Grant> admitInbound(NewCall plan, String trunkId);

    /** It was granted and could not be stored: its place is free again. */
    void withdrawn(String callId);

    /** Takes a channel of the trunk that is tried next, giving the former one's back; false when it has none free. */
    boolean moveTo(String callId, String trunkId);

    /** The callee answered: from here on talk time costs. */
    void answered(String callId, long answeredNanos, Payer payer);

    /** The call's end is durable: what was held for it is settled as its charge says. */
    void ended(CallSnapshot call);

    /** What calls cut by a crash owe: the talk time of their last checkpoint. Calls never answered are absent. */
    CompletionStage<Map<String, CallSnapshot.Charge>> cut(List<String> callIds);

    sealed interface Decision {}

    /**
     * A call that may go ahead.
     *
     * @param from the caller id it is placed with
     * @param trunkIds where it may go, best first
     * @param tariff what its talk time costs
     * @param hold what is taken from the balance with its creation, in the same transaction
     * @param turn completes when it may be dialled, at once unless it stands in the queue; fails when it waited in vain
     */
    record Grant(String from, List<String> trunkIds, Tariff tariff, Optional<Hold> hold, CompletionStage<Void> turn)
            implements Decision {}

    /** The exclusive line carries this call already. */
    record LineBusy(String callId) implements Decision {}

    /**
     * What a call holds while it lasts: money, a line that carries one call at a time, channels of what is limited.
     * Storing it fails with {@link CallRefused} when the account lacks the money, the line carries another call, or the
     * other nodes' calls leave no room.
     */
    record Hold(
            String callId,
            String accountId,
            String node,
            Money amount,
            Tariff tariff,
            Optional<String> exclusiveLine,
            List<Channel> channels) {
        public Hold(String callId, String accountId, String node, Money amount, Tariff tariff) {
            this(callId, accountId, node, amount, tariff, Optional.empty());
        }

        public Hold(String callId, String accountId, String node, Money amount, Tariff tariff, Optional<String> line) {
            this(callId, accountId, node, amount, tariff, line, List.of());
        }
    }

    /**
     * A channel of a limited thing.
     *
     * @param left how many the other nodes' calls may have of it
     */
    record Channel(String scope, int left) {}

    /** An answered call, told of the balance that pays for it. Any thread. */
    interface Payer {
        void balanceLow(Money balance, long secondsLeft);

        void balanceGone();

        void spendLimitReached();
    }
}
