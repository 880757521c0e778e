package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.control.stream.CallAudio;
import io.trunkline.control.stream.Pulse;
import io.trunkline.media.AudioSource;
import io.trunkline.media.FeedListener;
import io.trunkline.media.MediaSession;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is a plain webhook: the callee's words or keys go there as text, the text that comes back is spoken. Lives
 * on its home context.
 */
final class TextAgent implements LiveParty, FeedListener {
    private static final int RATE = 16_000;
    private static final int DEAF_AFTER = 3;
    /** A failure that comes later has cost the callee too much silence to try again. */
    private static final long QUICK_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Pulse pulse;
    private final Context home;
    private final AgentSpec spec;
    private final AgentSpec.Webhook webhook;
    private final JsonObject about;
    private final SignedPost post;
    private final @Nullable Transcriber ears;
    private final Function<Verb.Say, AudioSource> voice;
    private final CallAudio audio;
    private final short[] frame;
    private final AgentLife life;
    private final AgentWatch watch;
    private final Conversation conversation = new Conversation();
    private final SpokenItems items = new SpokenItems(RATE);
    private final TurnRecorder recorder = new TurnRecorder(RATE);
    private final KeyedText keys;
    private @Nullable Runnable turns;
    /** What is asked of the webhook, and what is said: answers to an earlier one are nobody's any more. */
    private int question;

    private int utterance;
    private Optional<Verb> afterWords = Optional.empty();
    private boolean saying;
    private boolean calleeSpeaks;
    /** A reply that came while the callee was speaking: it is said if they turn out to have said nothing. */
    private @Nullable Reply held;

    private int deaf;

    TextAgent(
            Vertx vertx,
            Pulse pulse,
            Verb.Agent agent,
            AgentSpec.Webhook webhook,
            JsonObject about,
            SignedPost post,
            Optional<Transcriber> ears,
            Function<Verb.Say, AudioSource> voice,
            MediaSession leg,
            Consumer<LiveEvent> events) {
        this.pulse = pulse;
        this.home = vertx.getOrCreateContext();
        this.spec = agent.spec();
        this.webhook = webhook;
        this.about = about;
        this.post = post;
        this.ears = ears.isPresent() ? ears.get() : null;
        this.voice = voice;
        this.audio = new CallAudio(leg, agent.agentId(), RATE, true, false, this);
        this.frame = audio.newFrame();
        this.life = new AgentLife(
                agent.agentId(), spec, events, audio.feed()::playedMs, () -> home.runOnContext(_ -> tidyUp()));
        this.watch = new AgentWatch(spec, life::end);
        this.keys = new KeyedText(vertx, text -> heard("dtmf", text));
    }

    void begin() {
        home.runOnContext(_ -> {
            if (life.isEnded()) {
                return;
            }
            audio.listen();
            turns = pulse.start(this::turn, () -> life.failed("internal", "A mistake of ours, see the log."));
            life.started(new HashMap<>(Map.of("webhook", true, "listens", ears != null)));
            spec.greeting().ifPresentOrElse(this::say, () -> ask("start", ""));
        });
    }

    private void turn() {
        audio.sayRest();
        while (audio.hear(true, frame)) {
            recorder.hear(frame);
        }
        watch.turn(System.nanoTime(), audio.feed().waitingMs() > 0);
    }

    @Override
    public void onSpeech(boolean speaking) {
        Transcriber listening = ears;
        if (listening != null) {
            home.runOnContext(_ -> onSpeech(speaking, listening));
        }
    }

    private void onSpeech(boolean speaking, Transcriber listening) {
        watch.active();
        turn();
        if (speaking) {
            calleeSpeaks = true;
            recorder.begin();
            if (spec.bargeIn()) {
                interrupt();
            }
        } else if (calleeSpeaks) {
            calleeSpeaks = false;
            life.figures().onUserStopped(System.nanoTime());
            listening
                    .words(recorder.end())
                    .onSuccess(text -> home.runOnContext(_ -> onWords(text)))
                    .onFailure(why -> home.runOnContext(_ -> onDeaf(String.valueOf(why.getMessage()))));
        }
    }

    private void onWords(String text) {
        deaf = 0;
        if (text.isEmpty()) {
            sayHeld();
        } else {
            heard("speech", text);
        }
    }

    private void onDeaf(String why) {
        deaf++;
        life.error("transcription_failed", why);
        if (deaf == DEAF_AFTER) {
            life.failed("transcription_failed", why);
        } else {
            sayHeld();
        }
    }

    private void sayHeld() {
        Reply waiting = held;
        held = null;
        if (waiting != null && !calleeSpeaks) {
            answer(waiting);
        }
    }

    @Override
    public void onDigit(char digit, int durationMs) {
        home.runOnContext(_ -> {
            watch.active();
            if (spec.bargeIn()) {
                interrupt();
            }
            keys.press(digit);
        });
    }

    private void heard(String kind, String text) {
        if (!life.isEnded()) {
            held = null;
            conversation.add("user", text, kind);
            life.transcript("user", text, Map.of("method", kind));
            ask(kind, text);
        }
    }

    private void ask(String kind, String text) {
        question++;
        JsonObject body = about.copy()
                .put("turn", question)
                .put("event", kind)
                .put("text", text)
                .put("history", conversation.json());
        ask(body, question, true);
    }

    private void ask(JsonObject body, int asked, boolean mayTryAgain) {
        long began = System.nanoTime();
        post.ask(webhook.url(), body)
                .onSuccess(answer -> home.runOnContext(_ -> onAnswer(answer, asked)))
                .onFailure(why -> home.runOnContext(_ -> {
                    if (asked != question || life.isEnded()) {
                        return;
                    }
                    if (mayTryAgain && System.nanoTime() - began < QUICK_NANOS) {
                        life.error("webhook_failed", String.valueOf(why.getMessage()));
                        ask(body, asked, false);
                    } else {
                        life.failed("webhook_failed", String.valueOf(why.getMessage()));
                    }
                }));
    }

    private void onAnswer(String body, int asked) {
        if (asked != question || life.isEnded()) {
            return; // the callee has said something else since
        }
        Reply reply = Reply.of(body, spec);
        reply.refused().ifPresent(what -> life.error("refused", "The webhook wants " + what + "."));
        if (calleeSpeaks) {
            held = reply;
        } else {
            answer(reply);
        }
    }

    private void answer(Reply reply) {
        if (reply.text().isEmpty()) {
            reply.then().ifPresent(life::wants);
        } else {
            say(reply.text());
            afterWords = reply.then();
        }
    }

    private void say(String text) {
        utterance++;
        saying = true;
        afterWords = Optional.empty();
        int said = utterance;
        conversation.add("agent", text, name(said));
        life.transcript("agent", text, Map.of("item_id", name(said)));
        Verb.Say words = new Verb.Say(name(said), text, spec.voice(), spec.language(), 1, 1);
        SpokenText.speak(sink -> voice.apply(words).writeTo(sink), home, new Utterance(said));
    }

    private static String name(int utterance) {
        return "utterance_" + utterance;
    }

    /** One text on its way to be heard; sound of one that was interrupted is dropped. */
    private final class Utterance implements SpokenText.Listener {
        private final int number;

        Utterance(int number) {
            this.number = number;
        }

        private boolean isWanted() {
            return number == utterance && !life.isEnded();
        }

        @Override
        public void onSound(short[] samples, int sampleRate) {
            if (isWanted()) {
                life.figures().onAudio(System.nanoTime());
                items.queued(name(number), 0, (int) ((long) samples.length * RATE / sampleRate));
                audio.say(samples, sampleRate);
            }
        }

        @Override
        public void onSpoken() {
            if (isWanted() && !audio.feed().mark(name(number))) {
                afterWords.ifPresent(life::wants);
            }
        }

        @Override
        public void onUnspeakable(String why) {
            if (isWanted()) {
                life.failed("speech_failed", why);
            }
        }
    }

    private void interrupt() {
        if (saying) {
            saying = false;
            utterance++;
            afterWords = Optional.empty();
            life.figures().onInterruption();
            items.withdrawn(audio.clear());
        }
    }

    @Override
    public void onMark(String name, boolean played, long playedMs) {
        home.runOnContext(_ -> {
            if (played && name.equals(name(utterance)) && !life.isEnded()) {
                saying = false;
                Optional<Verb> then = afterWords;
                afterWords = Optional.empty();
                then.ifPresent(life::wants);
            }
        });
    }

    @Override
    public void onCleared(long reachedMs, long playedMs, long droppedMs) {
        home.runOnContext(_ -> items.cutAt(reachedMs).forEach(cut -> conversation.cut(cut.itemId(), cut.heardMs())));
    }

    @Override
    public void onDrained(long playedMs) {
        // the next words will come
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
        keys.stop();
        audio.close();
    }
}
