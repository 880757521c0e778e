package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.call.BrowserSdp;
import io.trunkline.control.call.Calls;
import io.trunkline.control.call.Verb;
import io.trunkline.control.store.CallQueries;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Live control: commands to a call that is up. */
final class ControlRoutes {
    private final Vertx vertx;
    private final Calls calls;
    private final CallQueries queries;
    private final ScriptParser scripts;
    private final MediaReferences media;

    ControlRoutes(Vertx vertx, Calls calls, CallQueries queries, ScriptParser scripts, MediaReferences media) {
        this.media = media;
        this.vertx = vertx;
        this.calls = calls;
        this.queries = queries;
        this.scripts = scripts;
    }

    Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>();
        operations.put("answerCall", command(body -> new Verb.Answer()));
        operations.put("rejectCall", command(ScriptParser::reject));
        operations.put("sayOnCall", command(this::say));
        operations.put("commitSayOnCall", this::commit);
        operations.put("playOnCall", command(body -> scripts.play(body, "play")));
        operations.put("stopOnCall", command(body -> new Verb.Stop(text(body, "play_id"))));
        operations.put("gatherOnCall", command(body -> scripts.verb("gather", body, "gather")));
        operations.put("dtmfOnCall", command(body -> new Verb.SendDigits(body.getString("digits"))));
        operations.put("recordOnCall", command(ScriptParser::record));
        operations.put("pauseRecordingOnCall", command(body -> new Verb.PauseRecording(text(body, "recording_id"))));
        operations.put("resumeRecordingOnCall", command(body -> new Verb.ResumeRecording(text(body, "recording_id"))));
        operations.put("stopRecordingOnCall", command(body -> new Verb.StopRecording(text(body, "recording_id"))));
        operations.put("muteCall", command(body -> new Verb.Mute(body.getBoolean("on", true))));
        operations.put("holdCall", command(body -> new Verb.Hold(body.getBoolean("on", true))));
        operations.put("amdOnCall", command(body -> scripts.verb("amd", body, "amd")));
        operations.put("streamOnCall", command(body -> scripts.verb("stream", body, "stream")));
        operations.put("stopStreamOnCall", command(body -> new Verb.Dismiss("stream", text(body, "stream_id"))));
        operations.put("agentOnCall", command(body -> scripts.verb("agent", body, "agent")));
        operations.put("stopAgentOnCall", command(body -> new Verb.Dismiss("agent", text(body, "agent_id"))));
        operations.put("transferCall", command(body -> scripts.verb("transfer", body, "transfer")));
        operations.put("dialOnCall", command(body -> scripts.verb("dial", body, "dial")));
        operations.put("conferenceOnCall", command(body -> scripts.verb("conference", body, "conference")));
        operations.put("bridgeCall", this::bridge);
        operations.put(
                "scriptOnCall", command(body -> new Verb.Script(scripts.verbs(body.getJsonArray("script"), "script"))));
        operations.put("joinBrowserToCall", this::joinBrowser);
        operations.put("hangupCall", this::hangup);
        return operations;
    }

    private Operation command(Function<JsonObject, Verb> reader) {
        return ask -> queries.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .compose(call -> media.resolve(ask.body(), call.getString("account_id")))
                .compose(resolved -> Blocking.ifLarge(vertx, ask, () -> reader.apply(ask.body())))
                .compose(verb ->
                        CallRoutes.asked(() -> calls.command(ask.id(), verb)).map(done -> answer(ask, id(verb))));
    }

    private Future<Answer> joinBrowser(Ask ask) {
        BrowserSdp browser = browserSdp(ask.body());
        boolean answer = ask.body().getBoolean("answer", true);
        return queries.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .compose(call -> CallRoutes.asked(() -> calls.joinBrowser(ask.id(), browser, answer)))
                .map(sdp -> {
                    JsonObject done =
                            new JsonObject().put("id", Ids.next("cmd")).put("call_id", ask.id());
                    sdp.ifPresent(ours -> done.put("sdp_answer", ours));
                    return Answer.accepted(done);
                });
    }

    private static BrowserSdp browserSdp(JsonObject body) {
        String offer = body.getString("sdp_offer");
        String answer = body.getString("sdp_answer");
        String candidate = body.getString("candidate");
        if (candidate != null) {
            return new BrowserSdp.Candidate(candidate);
        }
        if (offer == null && answer == null) {
            throw Problem.invalid("sdp_offer", "is missing: send it, or sdp_answer, or a candidate");
        }
        return offer != null ? new BrowserSdp.Offer(offer) : new BrowserSdp.Answer(answer);
    }

    private Verb say(JsonObject body) {
        Verb.Say say = scripts.say(body);
        return body.getBoolean("prepare", false) ? new Verb.Stage(say) : say;
    }

    private Future<Answer> commit(Ask ask) {
        String playId = ask.path().getOrDefault("play_id", "");
        return command(body -> new Verb.Commit(playId)).handle(ask);
    }

    /** Both calls must be there for this key. */
    private Future<Answer> bridge(Ask ask) {
        String other = ask.body().getString("call_id");
        return queries.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .compose(call -> queries.find(other, ask.scope()))
                .map(found -> found.orElseThrow(() -> Problem.invalid("call_id", "refers to no call")))
                .compose(found -> command(body -> new Verb.Bridge(other)).handle(ask));
    }

    private Future<Answer> hangup(Ask ask) {
        return queries.find(ask.id(), ask.scope())
                .map(found -> found.orElseThrow(Problem::notFound))
                .compose(call -> CallRoutes.asked(() -> calls.hangup(ask.id())))
                .map(call -> answer(ask, Ids.next("cmd")));
    }

    private static Answer answer(Ask ask, String id) {
        return Answer.accepted(new JsonObject().put("id", id).put("call_id", ask.id()));
    }

    /** What the events will carry. */
    private static String id(Verb verb) {
        return switch (verb) {
            case Verb.Say say -> say.playId();
            case Verb.Stage(Verb.Say say) -> say.playId();
            case Verb.Commit(String playId) -> playId;
            case Verb.Dial dial -> dial.callId();
            case Verb.Transfer transfer when !transfer.byReferral() -> transfer.callId();
            case Verb.Play play -> play.playId();
            case Verb.StartRecording recording -> recording.recordingId();
            case Verb.Stream stream -> stream.streamId();
            case Verb.Agent agent -> agent.agentId();
            default -> Ids.next("cmd");
        };
    }

    private static Optional<String> text(JsonObject body, String field) {
        return Optional.ofNullable(body.getString(field));
    }
}
