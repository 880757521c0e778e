package io.trunkline.control.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One step being worked out: the state as it changes, and what is to be told and done. Lives for that step alone. */
final class Turn {
    private final CallMachine.Now now;
    private final NewCall plan;
    private final Tariff tariff;
    private final List<CallEvent> events = new ArrayList<>();
    private final List<CallAction> actions = new ArrayList<>();
    private final Map<String, Playing> playing;
    private final Map<String, Verb.Say> staged;
    private final Set<String> recordings;
    private final Map<String, Guests.Place> guests;
    private Optional<Company> company;
    private CallState.Phase phase;
    private CallSnapshot call;
    private long seq;
    private List<String> untried;
    private ScriptState script;
    private Optional<CallCause> end;
    private boolean mediaUp;
    private Optional<List<Verb>> afterBeep;
    private boolean answerTold;
    private long answeredNanos;

    Turn(CallState state, CallMachine.Now now) {
        this.now = now;
        this.plan = state.plan();
        this.tariff = state.tariff();
        this.phase = state.phase();
        this.call = state.call();
        this.seq = state.seq();
        this.untried = state.untried();
        this.script = state.script();
        this.playing = new LinkedHashMap<>(state.playing());
        this.staged = new LinkedHashMap<>(state.staged());
        this.company = state.company();
        this.recordings = new LinkedHashSet<>(state.recordings());
        this.guests = new LinkedHashMap<>(state.guests());
        this.end = state.end();
        this.mediaUp = state.mediaUp();
        this.afterBeep = state.afterBeep();
        this.answerTold = state.answerTold();
        this.answeredNanos = state.answeredNanos();
    }

    CallMachine.Step step() {
        CallState state = new CallState(
                phase,
                plan,
                call,
                seq,
                untried,
                tariff,
                script,
                Map.copyOf(playing),
                Map.copyOf(staged),
                company,
                Set.copyOf(recordings),
                Map.copyOf(guests),
                end,
                mediaUp,
                afterBeep,
                answerTold,
                answeredNanos);
        return new CallMachine.Step(state, List.copyOf(events), List.copyOf(actions));
    }

    NewCall plan() {
        return plan;
    }

    CallSnapshot call() {
        return call;
    }

    CallMachine.Now now() {
        return now;
    }

    ScriptState script() {
        return script;
    }

    void script(ScriptState next) {
        script = next;
    }

    Map<String, Playing> playing() {
        return playing;
    }

    Map<String, Verb.Say> staged() {
        return staged;
    }

    Optional<Company> company() {
        return company;
    }

    void company(Optional<Company> next) {
        company = next;
    }

    Set<String> recordings() {
        return recordings;
    }

    Map<String, Guests.Place> guests() {
        return guests;
    }

    CallState.Phase phase() {
        return phase;
    }

    void phase(CallState.Phase next) {
        phase = next;
    }

    Optional<CallCause> end() {
        return end;
    }

    void act(CallAction action) {
        actions.add(action);
    }

    /** Adds an event; the snapshot it carries is the call as it now stands. */
    void emit(String type, Map<String, Object> data) {
        seq++;
        events.add(CallEvent.of(call, seq, type, now.wall(), data));
    }

    void emit(String type) {
        emit(type, Map.of());
    }

    void update(CallSnapshot next) {
        call = next;
    }

    /** Takes the next trunk that may still be tried. */
    Optional<String> nextTrunk() {
        if (untried.isEmpty()) {
            return Optional.empty();
        }
        String next = untried.getFirst();
        untried = untried.subList(1, untried.size());
        return Optional.of(next);
    }

    boolean mayTryAnother() {
        return !untried.isEmpty();
    }

    boolean mediaUp() {
        return mediaUp;
    }

    void mediaIsUp() {
        mediaUp = true;
    }

    /** What was to be said after the beep, once: asking takes it away. */
    Optional<List<Verb>> takeAfterBeep() {
        Optional<List<Verb>> verbs = afterBeep;
        afterBeep = Optional.empty();
        return verbs;
    }

    boolean awaitsBeep() {
        return afterBeep.isPresent();
    }

    void sayAfterBeep(List<Verb> verbs) {
        afterBeep = Optional.of(verbs);
    }

    boolean answerTold() {
        return answerTold;
    }

    void tellAnswer() {
        answerTold = true;
        act(new CallAction.StartMeter(answeredNanos));
        emit("call.answered");
    }

    void amd(UnaryOperator<CallSnapshot.Amd> change) {
        call.amd().ifPresent(amd -> call = call.withAmd(change.apply(amd)));
    }

    void answered() {
        answeredNanos = now.nanos();
        phase = CallState.Phase.TALKING;
        call = call.withStatus(CallStatus.IN_PROGRESS).withTimes(call.times().answered(now.wall()));
    }

    /**
     * Makes the end final: the status is told at once, {@code call.ended} follows when media has closed and said what
     * was still playing.
     */
    void end(CallStatus status, CallCause cause) {
        Joining.leave(this);
        end = Optional.of(cause);
        phase = CallState.Phase.ENDING;
        Optional<Duration> talked =
                answeredNanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(now.nanos() - answeredNanos));
        call = call.withStatus(status)
                .withCause(cause)
                .withTimes(call.times().ended(now.wall(), talked))
                .withCharge(talked.filter(_ -> answerTold).map(tariff::charge).orElseGet(tariff::nothing));
        for (CallTimer timer : CallTimer.values()) {
            act(new CallAction.CancelTimer(timer));
        }
        act(new CallAction.CloseMedia());
        act(new CallAction.CloseBrowser());
        act(new CallAction.StartTimer(CallTimer.ENDING, EndingPhase.MEDIA_WAIT));
    }

    void annotate(Optional<String> tag, Optional<Map<String, Object>> changes) {
        Map<String, Object> metadata = new LinkedHashMap<>(call.metadata());
        changes.orElse(Map.of()).forEach((key, value) -> {
            if (Objects.isNull(value)) {
                metadata.remove(key);
            } else {
                metadata.put(key, value);
            }
        });
        call = call.annotated(tag.or(call::tag), metadata);
    }

    /** A small map that keeps its order and leaves absent values out. */
    static Map<String, Object> data(Object... keysAndValues) {
        Map<String, Object> data = HashMap.newHashMap(keysAndValues.length / 2);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            data.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return data;
    }
}
