package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.control.stream.CallAudio;
import io.trunkline.media.FeedListener;
import io.trunkline.media.MediaSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One agent in one call: hands the callee's sound to the server, says what comes back, and when the callee interrupts,
 * drops the rest and tells the server how much was heard. Lives on its home context.
 */
final class AgentSession implements LiveParty, FeedListener {
    private static final long TURN_MILLIS = 20;
    private static final String LAST_WORDS = "last words";

    private final Vertx vertx;
    private final Context home;
    private final String id;
    private final AgentSpec spec;
    private final JsonObject about;
    private final Consumer<LiveEvent> events;
    private final RealtimeWords words;
    private final AgentTools tools;
    private final CallAudio audio;
    private final SpokenItems items;
    private final AgentFigures figures = new AgentFigures();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AgentWatch watch;
    private final Set<String> toolCallsSeen = new HashSet<>();
    private @Nullable WebSocket socket;
    private boolean responding;
    private boolean wantsResponse;
    private int toolsRunning;
    private long timer = -1;

    AgentSession(
            Vertx vertx,
            Verb.Agent agent,
            JsonObject about,
            AgentTools tools,
            MediaSession leg,
            Consumer<LiveEvent> events) {
        this.vertx = vertx;
        this.home = vertx.getOrCreateContext();
        this.id = agent.agentId();
        this.spec = agent.spec();
        this.about = about;
        this.events = events;
        this.tools = tools;
        this.words = new RealtimeWords(spec);
        this.items = new SpokenItems(words.sampleRate());
        this.audio = new CallAudio(leg, id, words.sampleRate(), true, false, this);
        this.watch = new AgentWatch(spec, this::endBy);
    }

    RealtimeWords words() {
        return words;
    }

    boolean isEnded() {
        return ended.get();
    }

    Context home() {
        return home;
    }

    /** The server is there: the session first, then sound. On the home context. */
    void connected(WebSocket opened) {
        if (ended.get()) {
            opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(this::onMessage);
        opened.exceptionHandler(_ -> figures.onError());
        opened.closeHandler(_ -> onLost());
        send(words.sessionUpdate());
        audio.listen();
        timer = vertx.setPeriodic(TURN_MILLIS, _ -> turn());
        Map<String, Object> data = new HashMap<>();
        spec.model().ifPresent(model -> data.put("model", model));
        data.put("encoding", words.format().name().toLowerCase(Locale.ROOT));
        events.accept(new LiveEvent.Started(id, data));
        spec.greeting().ifPresent(greeting -> send(RealtimeWords.greet(greeting)));
    }

    private void send(JsonObject message) {
        WebSocket out = socket;
        if (out != null && !out.isClosed()) {
            out.writeTextMessage(message.encode());
        }
    }

    /** What the callee said since the last turn, in one message. */
    private void turn() {
        audio.sayRest();
        short[] frame = audio.newFrame();
        WebSocket out = socket;
        while (audio.hear(true, frame)) {
            if (out != null && !out.writeQueueFull()) {
                send(words.append(words.format().encode(frame, 0, frame.length)));
            }
        }
        watch.turn(System.nanoTime(), audio.feed().waitingMs() > 0);
    }

    private void onMessage(String text) {
        JsonObject message = Read.json(text);
        switch (Read.text(message, "type")) {
            case "input_audio_buffer.speech_started" -> onSpeech(true, false);
            case "input_audio_buffer.speech_stopped" -> onSpeech(false, false);
            case "response.created" -> responding = true;
            case "response.output_audio.delta", "response.audio.delta" -> onAudio(message);
            case "response.output_audio_transcript.done", "response.audio_transcript.done" ->
                onTranscript("agent", message);
            case "conversation.item.input_audio_transcription.completed" -> onTranscript("user", message);
            case "response.function_call_arguments.done" -> onTool(message);
            case "response.output_item.done" -> {
                JsonObject item = Read.object(message, "item");
                if (Read.text(item, "type").equals("function_call")) {
                    onTool(item);
                }
            }
            case "response.done" -> onResponseDone(Read.object(message, "response"));
            case "error" -> onError(Read.object(message, "error"));
            default -> {
                // there are many more, and there will be others
            }
        }
    }

    /** @param local by our own ear: then it is for us to end turns, too */
    private void onSpeech(boolean speaking, boolean local) {
        watch.active();
        if (speaking) {
            if (spec.bargeIn()) {
                interrupt(local);
            }
            return;
        }
        figures.onUserStopped(System.nanoTime());
        if (local) {
            send(RealtimeWords.plain("input_audio_buffer.commit"));
            respond();
        }
    }

    private void interrupt(boolean cancel) {
        if (cancel && responding) {
            send(RealtimeWords.plain("response.cancel"));
        }
        items.interrupt();
        if (audio.feed().waitingMs() > 0) {
            figures.onInterruption();
            items.withdrawn(audio.clear());
        }
    }

    private void onAudio(JsonObject message) {
        String item = Read.text(message, "item_id");
        if (!items.wants(item)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Read.text(message, "delta"));
        } catch (IllegalArgumentException wrong) {
            figures.onError();
            return;
        }
        figures.onAudio(System.nanoTime());
        watch.active();
        short[] samples = words.format().decode(bytes);
        items.queued(item, Read.number(message, "content_index"), samples.length);
        audio.say(samples, words.sampleRate());
    }

    private void onTranscript(String role, JsonObject message) {
        String text = Read.text(message, "transcript").strip();
        if (!text.isEmpty()) {
            Map<String, Object> data = new HashMap<>();
            data.put("role", role);
            data.put("text", text);
            data.put("item_id", Read.text(message, "item_id"));
            events.accept(new LiveEvent.Told(id, "agent.transcript", data));
        }
    }

    private void onResponseDone(JsonObject response) {
        responding = false;
        JsonObject usage = Read.object(response, "usage");
        figures.onTokens(Read.number(usage, "input_tokens"), Read.number(usage, "output_tokens"));
        if (wantsResponse && toolsRunning == 0) {
            respond();
        }
    }

    /** A response may be asked for only when none is under way. */
    private void respond() {
        wantsResponse = responding;
        if (!responding) {
            responding = true;
            send(RealtimeWords.plain("response.create"));
        }
    }

    /** Servers tell of a wish once or twice, by one message or another. */
    private void onTool(JsonObject said) {
        AgentTools.Wish wish =
                new AgentTools.Wish(Read.text(said, "call_id"), Read.text(said, "name"), Read.text(said, "arguments"));
        if (wish.callId().isEmpty() || wish.name().isEmpty() || !toolCallsSeen.add(wish.callId())) {
            return;
        }
        figures.onToolCall();
        long asked = System.nanoTime();
        toolsRunning++;
        tools.verb(wish)
                .map(verb -> Future.succeededFuture(perform(verb)))
                .orElseGet(() -> tools.ask(wish, about))
                .onSuccess(output -> home.runOnContext(_ -> onToolOutput(wish, output, asked)));
    }

    private String perform(Verb verb) {
        if (verb instanceof Verb.Hangup) {
            // after what is still being said
            audio.feed().mark(LAST_WORDS);
        } else {
            events.accept(new LiveEvent.Wants(id, verb));
        }
        return "{\"ok\":true}";
    }

    private void onToolOutput(AgentTools.Wish wish, String output, long asked) {
        toolsRunning--;
        Map<String, Object> data = new HashMap<>();
        data.put("name", wish.name());
        data.put("arguments", wish.parsed().getMap());
        data.put("output", output.length() > 1000 ? output.substring(0, 1000) : output);
        data.put("ms", (System.nanoTime() - asked) / 1_000_000);
        events.accept(new LiveEvent.Told(id, "agent.tool_call", data));
        send(RealtimeWords.toolOutput(wish.callId(), output));
        wantsResponse = true;
        if (toolsRunning == 0 && !responding && !wish.name().equals(AgentTools.HANG_UP)) {
            respond();
        }
    }

    /** Most errors leave the session as it is; the server closes it when one does not. */
    private void onError(JsonObject error) {
        figures.onError();
        Map<String, Object> data = new HashMap<>();
        data.put("code", Read.text(error, "code"));
        data.put("message", Read.text(error, "message"));
        events.accept(new LiveEvent.Told(id, "agent.error", data));
    }

    @Override
    public void onMark(String name, boolean played, long playedMs) {
        if (name.equals(LAST_WORDS)) {
            events.accept(new LiveEvent.Wants(id, new Verb.Hangup()));
        }
    }

    @Override
    public void onCleared(long reachedMs, long playedMs, long droppedMs) {
        home.runOnContext(_ -> items.cutAt(reachedMs)
                .forEach(cut -> send(RealtimeWords.truncate(cut.itemId(), cut.contentIndex(), cut.heardMs()))));
    }

    @Override
    public void onDrained(long playedMs) {
        // the next words will come
    }

    @Override
    public void onDigit(char digit, int durationMs) {
        home.runOnContext(_ -> {
            watch.active();
            send(RealtimeWords.pressed(digit));
        });
    }

    @Override
    public void onSpeech(boolean speaking) {
        if (spec.localTurns()) {
            home.runOnContext(_ -> onSpeech(speaking, true));
        }
    }

    private void onLost() {
        if (!ended.get()) {
            failed("server_lost", "The agent's server closed the connection.");
        }
    }

    /** The callee is not left in silence. */
    void failed(String reason, String detail) {
        if (!ended.get()) {
            spec.fallback()
                    .ifPresent(text -> events.accept(new LiveEvent.Wants(id, FallbackSpeech.saying(text, spec))));
        }
        finish(true, reason, detail);
    }

    private void endBy(String policy) {
        finish(false, policy, "");
    }

    @Override
    public void end(String reason) {
        finish(false, reason, "");
    }

    private void finish(boolean failed, String reason, String detail) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Map<String, Object> data = figures.describe();
        data.put("reason", reason);
        data.put("played_ms", audio.feed().playedMs());
        if (!detail.isEmpty()) {
            data.put("detail", detail);
        }
        events.accept(new LiveEvent.Ended(id, failed, data));
        home.runOnContext(_ -> tidyUp());
    }

    private void tidyUp() {
        vertx.cancelTimer(timer);
        audio.close();
        WebSocket out = socket;
        socket = null;
        if (out != null && !out.isClosed()) {
            out.close();
        }
    }
}
