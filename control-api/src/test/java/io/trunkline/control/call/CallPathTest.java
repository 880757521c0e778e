package io.trunkline.control.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.Ids;
import io.trunkline.control.sandbox.SandboxCarrier;
import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaSession;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call from CallService to the sandbox and back: real SIP and RTP on loopback; only storage is left out. */
class CallPathTest {
    @TempDir
    Path folder;

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final LinkedBlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private MediaEngine media;
    private SipStack sip;
    private SandboxCarrier sandbox;
    private CallService calls;

    @BeforeEach
    void start() {
        media = MediaEngine.start(MediaConfig.defaults(folder));
        sip = SipStack.start(SipConfig.defaults("switch", 15060), (call, invite) -> (c, e) -> {}, status -> {});
        CallTimers timers = (after, task) -> {
            var future = loop.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        };
        Executor owner = loop;
        AudioLibrary tones = new Tones();
        Trunk.Host theSwitch = new Trunk.Host("127.0.0.1", 15060, Trunk.Transport.UDP, 1, 1);
        sandbox = SandboxCarrier.start(
                SipConfig.defaults("sandbox", 15062), theSwitch, media, tones, timers, id -> owner);
        TrunkBook book = new TrunkBook(
                sip,
                trunk -> InetAddress.getLoopbackAddress(),
                InetAddress.getLoopbackAddress(),
                SandboxCarrier.TRUNK,
                SandboxCarrier::owns);
        Trunk trunk = Trunk.peer(SandboxCarrier.TRUNK, new Trunk.Host("127.0.0.1", 15062, Trunk.Transport.UDP, 1, 1));
        book.replace(List.of(new TrunkBook.Entry(trunk, TrunkBook.Media.DEFAULT, Limit.NONE, Optional.empty())));
        calls = new CallService(new CallDesk(
                media,
                sip,
                new Memory(),
                book,
                tones,
                (url, call) -> CompletableFuture.failedFuture(new IllegalStateException("no scripts here")),
                new NoParties(),
                new Open(),
                timers,
                id -> owner,
                Clock.systemUTC(),
                System::nanoTime,
                "node"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        sip.close();
        media.close();
        loop.shutdownNow();
    }

    private static final class NoParties implements LiveParties {
        @Override
        public LiveParty stream(CallSnapshot call, MediaSession leg, Verb.Stream stream, Consumer<LiveEvent> events) {
            throw new IllegalStateException("no streams here");
        }

        @Override
        public LiveParty agent(CallSnapshot call, MediaSession leg, Verb.Agent agent, Consumer<LiveEvent> events) {
            throw new IllegalStateException("no agents here");
        }
    }

    @Test
    void aHumanIsRungSpokenToAndHungUp() throws Exception {
        Verb.StartRecording record =
                new Verb.StartRecording(Ids.next("rec"), true, "wav", false, Optional.empty(), true);
        place("+15550100001", record, new Verb.Play("play_1", new Verb.AudioRef.Tone("beep"), 1));
        assertThat(until("recording.completed"))
                .containsExactly(
                        "call.created",
                        "call.dialing",
                        "call.ringing",
                        "call.answered",
                        "recording.started",
                        "playback.started",
                        "playback.finished",
                        "call.ended",
                        "recording.completed");
    }

    @Test
    void aBusyNumberIsBusy() throws Exception {
        place("+15550100003");
        assertThat(until("call.ended")).containsExactly("call.created", "call.dialing", "call.ended");
    }

    private void place(String to, Verb... verbs) {
        calls.place(MachineDriver.plan(Ids.next("call"), to, new NewCall.Program(List.of(verbs), false)));
    }

    private List<String> until(String last) throws InterruptedException {
        List<String> types = new java.util.ArrayList<>();
        while (!types.contains(last)) {
            CallEvent event = events.poll(15, TimeUnit.SECONDS);
            assertThat(event).as("after %s", types).isNotNull();
            types.add(event.type());
        }
        return types;
    }

    private final class Memory implements CallStore {
        @Override
        public CompletionStage<Void> create(
                CallEvent created, Optional<Admission.Hold> hold, Optional<IdempotencyKey> key) {
            return append(List.of(created));
        }

        @Override
        public CompletionStage<Void> append(List<CallEvent> appended) {
            events.addAll(appended);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> saveDialog(String callId, String snapshot) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Optional<CallSnapshot>> find(String callId) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletionStage<List<Orphan>> unfinished(String node) {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private static final class Tones implements AudioLibrary {
        @Override
        public AudioSource speech(Verb.Say say) {
            return tone(440, Duration.ofSeconds(1));
        }

        @Override
        public AudioSource audio(Verb.AudioRef ref) {
            return tone(1000, Duration.ofSeconds(1));
        }

        private static AudioSource tone(int hz, Duration length) {
            return (AudioSink sink) -> {
                short[] samples = new short[(int) (8 * length.toMillis())];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (short) (8000 * Math.sin(2 * Math.PI * hz * i / 8000));
                }
                sink.start(8000);
                sink.write(samples, 0, samples.length);
            };
        }
    }

    private static final class Open implements Admission {
        @Override
        public CompletionStage<Decision> admit(NewCall plan, List<String> trunkIds) {
            CompletionStage<Void> now = CompletableFuture.completedFuture(null);
            return CompletableFuture.completedFuture(
                    new Grant("+15550100000", trunkIds, Tariff.free("USD"), Optional.empty(), now));
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
}
