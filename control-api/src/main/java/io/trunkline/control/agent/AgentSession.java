package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.control.stream.CallAudio;
import io.trunkline.control.stream.Pulse;
import io.trunkline.media.FeedListener;
import io.trunkline.media.MediaSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One agent in one call: hands the callee's sound to the server, says what comes back, and when the callee interrupts,
 * drops the rest and tells the server how much was heard. Lives on its home context.
 */
final class AgentSession implements LiveParty, FeedListener {
    private static final String LAST_WORDS = "last words";

    private final Pulse pulse;
    private final Context home;
    private final AgentSpec spec;
    private final JsonObject about;
    private final RealtimeWords words;
    private final AgentTools tools;
    private final CallAudio audio;
    private final short[] frame;
    private final SpokenItems items;
    private final AgentLife life;
    private final AgentFigures figures;
    private final AgentWatch watch;
    private final Conversation conversation = new Conversation();
    private final Set<String> toolCallsSeen = new HashSet<>();
    /** Outcomes of tools that wait for a server. */
    private final List<JsonObject> owed = new ArrayList<>();

    private @Nullable WebSocket socket;
    private @Nullable AgentCaller caller;
    private int connections;
    private boolean responding;
    private boolean wantsResponse;
    private int toolsRunning;
    private @Nullable Runnable turns;

    AgentSession(
            Vertx vertx,
            Pulse pulse,
            Verb.Agent agent,
            JsonObject about,
            AgentTools tools,
            MediaSession leg,
            Consumer<LiveEvent> events) {
        this.pulse = pulse;
        this.home = vertx.getOrCreateContext();
        this.spec = agent.spec();
        this.about = about;
        this.tools = tools;
        this.words = new RealtimeWords(spec);
        this.items = new SpokenItems(words.sampleRate());
        this.audio = new CallAudio(leg, agent.agentId(), words.sampleRate(), true, false, this);
        this.frame = audio.newFrame();
        this.life = new AgentLife(
                agent.agentId(), spec, events, audio.feed()::playedMs, () -> home.runOnContext(_ -> tidyUp()));
        this.figures = life.figures();
        this.watch = new AgentWatch(spec, life::end);
    }

    /** Who connects again when the connection is lost. */
    void callBy(AgentCaller wanted) {
        caller = wanted;
    }

    RealtimeWords words() {
        return words;
    }

    boolean isEnded() {
        return life.isEnded();
    }

    Context home() {
        return home;
    }

    /** The server is there: the session first, then sound. On the home context. */
    void connected(WebSocket opened) {
        if (life.isEnded()) {
            opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(this::onMessage);
        opened.exceptionHandler(_ -> figures.onError());
        opened.closeHandler(_ -> onLost(opened));
        send(words.sessionUpdate());
        connections++;
        if (connections == 1) {
            begin();
        } else {
            restore();
        }
    }

    private void begin() {
        audio.listen();
        turns = pulse.start(this::turn, () -> failed("internal", "A mistake of ours, see the log."));
        Map<String, Object> data = new HashMap<>();
        spec.model().ifPresent(model -> data.put("model", model));
        data.put("encoding", words.format().name().toLowerCase(Locale.ROOT));
        life.started(data);
        spec.greeting().ifPresent(greeting -> send(RealtimeWords.greet(greeting)));
    }

    /** A new session knows nothing: what was said is told to it, and whose turn it is. */
    private void restore() {
        figures.onReconnected();
        conversation.lines().forEach(line -> send(words.remembered(line)));
        sendOwed();
        life.told("agent.reconnected", new HashMap<>(Map.of("reconnects", connections - 1)));
        if (conversation.awaitsAnswer() || (wantsResponse && toolsRunning == 0)) {
            respond();
        } else if (conversation.lines().isEmpty()) {
            spec.greeting().ifPresent(greeting -> send(RealtimeWords.greet(greeting)));
        }
    }

    private void send(JsonObject message) {
        WebSocket out = socket;
        if (out != null && !out.isClosed()) {
            out.writeTextMessage(message.encode());
        }
    }

    /** What the callee said since the last turn; while there is no server, up to two seconds of it wait. */
    private void turn() {
        audio.sayRest();
        WebSocket out = socket;
        while (out != null && audio.hear(true, frame)) {
            if (!out.isClosed() && !out.writeQueueFull()) {
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
            String item = Read.text(message, "item_id");
            conversation.add(role, text, item);
            life.transcript(role, text, Map.of("item_id", item));
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
        int connection = connections;
        toolsRunning++;
        tools.verb(wish)
                .map(verb -> Future.succeededFuture(perform(verb)))
                .orElseGet(() -> tools.ask(wish, about))
                .onSuccess(output -> home.runOnContext(_ -> onToolOutput(wish, output, asked, connection)));
    }

    private String perform(Verb verb) {
        if (verb instanceof Verb.Hangup) {
            // after what is still being said
            audio.feed().mark(LAST_WORDS);
        } else {
            life.wants(verb);
        }
        return "{\"ok\":true}";
    }

    private void onToolOutput(AgentTools.Wish wish, String output, long asked, int connection) {
        toolsRunning--;
        Map<String, Object> data = new HashMap<>();
        data.put("name", wish.name());
        data.put("arguments", wish.parsed().getMap());
        data.put("output", output.length() > 1000 ? output.substring(0, 1000) : output);
        data.put("ms", (System.nanoTime() - asked) / 1_000_000);
        life.told("agent.tool_call", data);
        if (socket == null || connection != connections) {
            owed.add(RealtimeWords.wished(wish));
        }
        owed.add(RealtimeWords.toolOutput(wish.callId(), output));
        wantsResponse = true;
        if (socket == null) {
            return; // said when there is a server again
        }
        sendOwed();
        if (toolsRunning == 0 && !responding && !wish.name().equals(AgentTools.HANG_UP)) {
            respond();
        }
    }

    private void sendOwed() {
        owed.forEach(this::send);
        owed.clear();
    }

    /** Most errors leave the session as it is; the server closes it when one does not. */
    private void onError(JsonObject error) {
        life.error(Read.text(error, "code"), Read.text(error, "message"));
    }

    @Override
    public void onMark(String name, boolean played, long playedMs) {
        if (name.equals(LAST_WORDS)) {
            life.wants(new Verb.Hangup());
        }
    }

    @Override
    public void onCleared(long reachedMs, long playedMs, long droppedMs) {
        home.runOnContext(_ -> items.cutAt(reachedMs).forEach(cut -> {
            conversation.cut(cut.itemId(), cut.heardMs());
            send(RealtimeWords.truncate(cut.itemId(), cut.contentIndex(), cut.heardMs()));
        }));
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

    private void onLost(WebSocket lost) {
        if (!lost.equals(socket) || life.isEnded()) {
            return;
        }
        socket = null;
        responding = false;
        items.forget();
        Short code = lost.closeStatusCode();
        String why = "The agent's server closed the connection" + (code == null ? "." : " with " + code + ".");
        AgentCaller again = caller;
        if (again == null) {
            failed("server_lost", why);
        } else {
            again.callAgain(why);
        }
    }

    void failed(String reason, String detail) {
        life.failed(reason, detail);
    }

    @Override
    public void end(String reason) {
        life.end(reason);
    }

    private void tidyUp() {
        Runnable stop = turns;
        if (stop != null) {
            stop.run();
        }
        audio.close();
        WebSocket out = socket;
        socket = null;
        if (out != null && !out.isClosed()) {
            out.close();
        }
    }
}
