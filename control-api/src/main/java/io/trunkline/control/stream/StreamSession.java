package io.trunkline.control.stream;

import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.media.FeedListener;
import io.trunkline.media.MediaSession;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketBase;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One live stream of one call, from its first connection to its end; connections may follow one another. Lives on its
 * home context.
 */
final class StreamSession implements LiveParty, StreamOrders, FeedListener, Mp3Voice.Listener {
    private static final int DIGITS_AT_ONCE = 100;
    private static final int LONGEST_NAME = 1024;

    private final Vertx vertx;
    private final Context home;
    private final StreamFacts facts;
    private final Consumer<LiveEvent> events;
    private final StreamProtocol first;
    private final CallAudio audio;
    private final StreamFigures figures = new StreamFigures();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final FlowGate gate;
    private final Pulse pulse;
    private final short[] frame;
    private StreamProtocol protocol;
    private @Nullable StreamSocket socket;
    private @Nullable StreamCaller caller;
    private @Nullable Runnable turns;
    private @Nullable Mp3Voice mp3;

    StreamSession(
            Vertx vertx, Pulse pulse, Context home, StreamFacts facts, MediaSession leg, Consumer<LiveEvent> events) {
        this.vertx = vertx;
        this.home = home;
        this.facts = facts;
        this.events = events;
        this.first = StreamProtocols.of(facts);
        this.protocol = first;
        int rate = first.format().sampleRate();
        boolean inbound = facts.spec().track().inbound();
        boolean outbound = facts.spec().track().outbound();
        this.audio = facts.spec().twoWay()
                ? new CallAudio(leg, facts.streamId(), rate, inbound, outbound, this)
                : new CallAudio(leg, facts.streamId(), rate, inbound, outbound);
        this.gate = new FlowGate(audio.feed());
        this.pulse = pulse;
        this.frame = audio.newFrame();
    }

    StreamFacts facts() {
        return facts;
    }

    StreamProtocol firstProtocol() {
        return first;
    }

    /** Who connects again when the connection is lost. */
    void callBy(StreamCaller wanted) {
        caller = wanted;
    }

    boolean isEnded() {
        return ended.get();
    }

    /** A connection stands: the protocol's first messages, then sound. On the home context. */
    void connected(WebSocketBase fresh) {
        if (ended.get()) {
            fresh.close();
            return;
        }
        boolean again = turns != null;
        StreamSocket out = new StreamSocket(vertx, fresh);
        socket = out;
        protocol = again ? StreamProtocols.of(facts) : first;
        fresh.textMessageHandler(text -> protocol.onText(text, this));
        fresh.binaryMessageHandler(bytes -> protocol.onBinary(bytes.getBytes(), this));
        fresh.exceptionHandler(_ -> figures.onError());
        fresh.closeHandler(_ -> onClosed(out, fresh.closeStatusCode()));
        protocol.open(out);
        audio.listen();
        if (again) {
            figures.onReconnected();
        } else {
            turns = pulse.start(this::turn, () -> failed("internal", "A mistake of ours, see the log."));
            events.accept(new LiveEvent.Started(facts.streamId(), describe()));
        }
    }

    private Map<String, Object> describe() {
        Map<String, Object> data = new HashMap<>();
        data.put("protocol", facts.spec().protocol());
        data.put("bidirectional", facts.spec().twoWay());
        data.put("tracks", facts.tracks().getList());
        data.put("encoding", protocol.format().samples().name().toLowerCase(Locale.ROOT));
        data.put("sample_rate", protocol.format().sampleRate());
        facts.spec().url().ifPresent(url -> data.put("url", Urls.withoutQuery(url)));
        return data;
    }

    private void turn() {
        StreamSocket out = socket;
        boolean room = audio.sayRest();
        Mp3Voice speaking = mp3;
        if (speaking != null && room) {
            speaking.goOn();
            room = speaking.hasRoom();
        }
        if (out != null) {
            send(out);
            gate.turn(room, out, protocol);
        }
    }

    /** All that was heard since the last turn, the tracks by turns; protocols are done with a frame when they return. */
    private void send(StreamSocket out) {
        boolean more = true;
        while (more) {
            boolean heard = sendNext(out, true);
            more = sendNext(out, false) || heard;
        }
    }

    private boolean sendNext(StreamSocket out, boolean inbound) {
        if (!audio.hear(inbound, frame)) {
            return false;
        }
        sendOne(out, inbound);
        return true;
    }

    private void sendOne(StreamSocket out, boolean inbound) {
        long chunk = figures.nextChunk(inbound);
        if (out.isFull()) {
            figures.onLeftOut();
        } else {
            protocol.audio(out, new SentFrame(inbound, frame, chunk, (chunk - 1) * StreamFigures.FRAME_MS));
            figures.onSent();
        }
    }

    private void onClosed(StreamSocket closed, @Nullable Short code) {
        closed.close();
        if (socket != closed || ended.get()) {
            return;
        }
        socket = null;
        endMp3();
        audio.stopListening();
        StreamCaller again = caller;
        if (again != null && Urls.isLoss(code)) {
            again.call();
        } else {
            finish(false, "app_closed", "");
        }
    }

    /** Nobody answers, or not as they should. */
    void failed(String reason, String detail) {
        finish(true, reason, detail);
    }

    @Override
    public void end(String reason) {
        finish(false, reason, "");
    }

    /** From any thread, once: told at once, tidied up at home. */
    private void finish(boolean failed, String reason, String detail) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Map<String, Object> data = figures.describe(audio);
        data.put("reason", reason);
        if (!detail.isEmpty()) {
            data.put("detail", detail);
        }
        events.accept(new LiveEvent.Ended(facts.streamId(), failed, data));
        home.runOnContext(_ -> tidyUp(reason));
    }

    private void tidyUp(String reason) {
        StreamSocket out = socket;
        socket = null;
        Runnable stop = turns;
        if (stop != null) {
            stop.run();
        }
        endMp3();
        audio.close();
        if (out != null) {
            protocol.close(out, reason);
            out.close();
        }
    }

    @Override
    public void onDigit(char digit, int durationMs) {
        tell(out -> protocol.digit(out, digit, durationMs));
    }

    @Override
    public void onMark(String name, boolean played, long playedMs) {
        tell(out -> protocol.mark(out, name, played, playedMs));
    }

    @Override
    public void onCleared(long reachedMs, long playedMs, long droppedMs) {
        tell(out -> protocol.cleared(out, playedMs, droppedMs));
    }

    @Override
    public void onDrained(long playedMs) {
        tell(out -> protocol.drained(out, playedMs));
    }

    private void tell(Consumer<StreamSocket> words) {
        home.runOnContext(_ -> {
            StreamSocket out = socket;
            if (out != null) {
                words.accept(out);
            }
        });
    }

    @Override
    public void say(WireFormat format, byte[] bytes) {
        if (!facts.spec().twoWay()) {
            figures.onMisunderstood();
            return;
        }
        try {
            if (!audio.say(format.samples().decode(bytes), format.sampleRate())) {
                gate.overflow(socket);
            }
        } catch (IllegalArgumentException noRate) {
            figures.onMisunderstood();
        }
    }

    @Override
    public void sayMp3(byte[] bytes) {
        if (!facts.spec().twoWay()) {
            figures.onMisunderstood();
            return;
        }
        Mp3Voice speaking = mp3 == null ? new Mp3Voice(home, this) : mp3;
        mp3 = speaking;
        speaking.say(bytes);
        if (!speaking.hasRoom()) {
            gate.overflow(socket);
        }
    }

    @Override
    public boolean onSound(short[] samples, int sampleRate) {
        boolean room = audio.say(samples, sampleRate);
        if (!room) {
            gate.overflow(socket);
        }
        return room;
    }

    @Override
    public void onBroken() {
        figures.onMisunderstood();
    }

    private void endMp3() {
        Mp3Voice speaking = mp3;
        mp3 = null;
        if (speaking != null) {
            speaking.close();
        }
    }

    @Override
    public void mark(String name) {
        if (name.length() > LONGEST_NAME || !audio.feed().mark(name)) {
            figures.onMisunderstood();
        }
    }

    @Override
    public void clear() {
        endMp3();
        audio.clear();
    }

    @Override
    public void pause(boolean wanted) {
        audio.feed().pause(wanted);
    }

    @Override
    public void sendDigits(String digits) {
        if (digits.length() <= DIGITS_AT_ONCE && digits.matches("[0-9A-D*#w]+")) {
            events.accept(new LiveEvent.Wants(facts.streamId(), new Verb.SendDigits(digits)));
        } else {
            figures.onMisunderstood();
        }
    }

    @Override
    public void stop() {
        finish(false, "app_stopped", "");
    }

    @Override
    public void hangup() {
        events.accept(new LiveEvent.Wants(facts.streamId(), new Verb.Hangup()));
    }

    @Override
    public void misunderstood(String why) {
        figures.onMisunderstood();
        StreamSocket out = socket;
        if (out != null && !out.isFull()) {
            protocol.misunderstood(out, why);
        }
    }
}
