package io.trunkline.control.call;

import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What concerns more than one call: each learns of the others by what is posted to its mailbox, and its media are joined
 * by whichever call accepts. Any thread.
 */
final class Switchboard {
    private final Function<String, Optional<Call>> live;
    private final Function<NewCall, CompletionStage<Call>> place;
    private final PhoneNetworkRule rule;
    private final Rooms rooms;

    Switchboard(
            Function<String, Optional<Call>> live,
            Function<NewCall, CompletionStage<Call>> place,
            MediaEngine media,
            PhoneNetworkRule rule) {
        this.live = live;
        this.place = place;
        this.rule = rule;
        this.rooms = new Rooms(media, rule);
    }

    /** Why a call may not do this, where it is known before it tries. */
    Optional<String> objection(Call call, Verb verb) {
        CallSnapshot shown = call.shown();
        boolean allowed =
                switch (verb) {
                    case Verb.Bridge(String id) ->
                        live.apply(id)
                                .map(other -> rule.mayMeet(shown, other.shown()))
                                .orElse(true);
                    case Verb.Conference conference -> rooms.welcomes(call, conference);
                    case Verb.Dial dial -> rule.mayDial(shown, dial.trunk(), dial.to());
                    case Verb.Transfer transfer
                    when !transfer.byReferral() -> rule.mayDial(shown, Optional.empty(), transfer.target());
                    default -> true;
                };
        return allowed ? Optional.empty() : Optional.of(PhoneNetworkRule.SENTENCE);
    }

    void perform(Call call, CallAction.Joint action, CallState state) {
        switch (action) {
            case CallAction.DialOut(Verb.Dial dial) -> dial(call, dial, state);
            case CallAction.AskBridge(String id) -> ask(call, id);
            case CallAction.AcceptBridge(String id) -> accept(call, id);
            case CallAction.RefuseBridge(String id, String why) ->
                tell(id, new CallInput.BridgeRefused(call.id(), "The other call cannot be joined: " + why + "."));
            case CallAction.LeaveBridge(String id) -> {
                call.media().ifPresent(MediaSession::unbridge);
                tell(id, new CallInput.PartnerLeft(call.id()));
            }
            case CallAction.DropDialled(String id) -> tell(id, new CallInput.Hangup(CallInput.HangupBy.PARTNER));
            case CallAction.EnterRoom(Verb.Conference conference) -> rooms.enter(call, conference);
            case CallAction.LeaveRoom(Verb.Conference conference) -> rooms.leave(call, conference);
        }
    }

    private void tell(String callId, CallInput input) {
        live.apply(callId).ifPresent(other -> other.post(input));
    }

    /** A call of another account is none. */
    private void ask(Call call, String id) {
        Optional<String> objection = objection(call, new Verb.Bridge(id));
        if (objection.isPresent()) {
            call.post(new CallInput.BridgeRefused(id, objection.get()));
            return;
        }
        live.apply(id)
                .filter(other -> !id.equals(call.id())
                        && other.shown()
                                .owner()
                                .accountId()
                                .equals(call.shown().owner().accountId()))
                .ifPresentOrElse(
                        other -> other.post(new CallInput.BridgeAsked(call.id())),
                        () -> call.post(new CallInput.BridgeRefused(id, "There is no such call on this node.")));
    }

    private void accept(Call call, String id) {
        live.apply(id)
                .ifPresentOrElse(
                        other -> {
                            call.media().ifPresent(ours -> other.media().ifPresent(ours::bridge));
                            other.post(new CallInput.BridgeAccepted(call.id()));
                        },
                        () -> call.post(new CallInput.PartnerLeft(id)));
    }

    /** The new leg whispers, then asks to be joined; when the joining is over its script is, and it hangs up. */
    private void dial(Call call, Verb.Dial dial, CallState state) {
        Optional<String> objection = objection(call, dial);
        if (objection.isPresent()) {
            call.post(new CallInput.DialRefused(dial.callId(), "conflict", objection.get()));
            return;
        }
        List<Verb> script = new ArrayList<>(dial.whisper());
        script.add(new Verb.Bridge(call.id()));
        NewCall leg = leg(state, dial, new NewCall.Program(List.copyOf(script), false));
        placed(leg).whenComplete((placed, failure) -> {
            if (failure != null) {
                call.post(refusal(dial.callId(), failure));
                return;
            }
            placed.over().thenAccept(ended -> call.post(new CallInput.DialEnded(dial.callId(), ended)));
            call.post(new CallInput.DialPlaced(dial.callId()));
        });
    }

    private CompletionStage<Call> placed(NewCall leg) {
        try {
            return place.apply(leg);
        } catch (RuntimeException refused) {
            return java.util.concurrent.CompletableFuture.failedFuture(refused);
        }
    }

    private static CallInput refusal(String callId, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped
                ? Objects.requireNonNullElse(wrapped.getCause(), failure)
                : failure;
        return cause instanceof CallRefused refused
                ? new CallInput.DialRefused(callId, refused.code(), String.valueOf(refused.getMessage()))
                : new CallInput.DialRefused(callId, "internal", "The call could not be placed.");
    }

    /** Shows the number that its caller shows, or was called at. */
    private static NewCall leg(CallState state, Verb.Dial dial, NewCall.Program program) {
        CallSnapshot call = state.call();
        String own = call.direction() == CallDirection.OUTBOUND ? call.from() : call.to();
        Duration left = state.plan().maxDuration();
        return new NewCall(
                dial.callId(),
                call.owner(),
                dial.to(),
                dial.from().or(() -> Optional.of(own).filter(number -> number.startsWith("+"))),
                Optional.empty(),
                dial.trunk(),
                program,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                dial.timeout(),
                left,
                Duration.ZERO,
                false,
                call.callback(),
                Optional.empty(),
                Map.of(),
                state.plan().callerName(),
                state.plan().privacy(),
                state.plan().maxPricePerMinute(),
                call.tag(),
                Map.of("dialled_by", call.id()),
                Optional.empty());
    }
}
