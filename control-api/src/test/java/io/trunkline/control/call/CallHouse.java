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
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Call control over real SIP and RTP on loopback, the sandbox as its carrier; only storage and money are made up. */
final class CallHouse implements AutoCloseable {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final LinkedBlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final List<CallEvent> seen = new CopyOnWriteArrayList<>();
    private final MediaEngine media;
    private final SipStack sip;
    private final SandboxCarrier sandbox;
    private final TrunkBook book;
    final CallService calls;

    CallHouse(Path folder) {
        this(folder, List.of());
    }

    /** @param more trunks beside the sandbox's */
    CallHouse(Path folder, List<Trunk> more) {
        int port = freePort();
        int sandboxPort = freePort();
        media = MediaEngine.start(MediaConfig.defaults(folder));
        sip = SipStack.start(SipConfig.defaults("switch", port), (call, invite) -> (c, e) -> {}, status -> {});
        CallTimers timers = (after, task) -> {
            var future = loop.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        };
        AudioLibrary tones = new Tones();
        Trunk.Host theSwitch = new Trunk.Host("127.0.0.1", port, Trunk.Transport.UDP, 1, 1);
        sandbox = SandboxCarrier.start(
                SipConfig.defaults("sandbox", sandboxPort), theSwitch, media, tones, timers, id -> loop);
        book = new TrunkBook(
                sip,
                trunk -> InetAddress.getLoopbackAddress(),
                InetAddress.getLoopbackAddress(),
                SandboxCarrier.TRUNK,
                SandboxCarrier::owns);
        List<Trunk> trunks = new ArrayList<>(more);
        trunks.add(
                Trunk.peer(SandboxCarrier.TRUNK, new Trunk.Host("127.0.0.1", sandboxPort, Trunk.Transport.UDP, 1, 1)));
        book.replace(trunks.stream()
                .map(trunk -> new TrunkBook.Entry(trunk, TrunkBook.Media.DEFAULT, Limit.NONE, Optional.empty()))
                .toList());
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
                id -> loop,
                Clock.systemUTC(),
                System::nanoTime,
                "node"));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException none) {
            throw new IllegalStateException(none);
        }
    }

    /** Places a call that hangs up when its verbs are done; returns its id. */
    String place(String to, Verb... verbs) {
        return place(MachineDriver.plan(Ids.next("call"), to, new NewCall.Program(List.of(verbs), false)));
    }

    /** Places a call that stays. */
    String keep(String to, Verb... verbs) {
        return place(MachineDriver.plan(Ids.next("call"), to, new NewCall.Program(List.of(verbs), true)));
    }

    private String place(NewCall plan) {
        return calls.place(plan).toCompletableFuture().join().call().id();
    }

    void command(String callId, Verb verb) {
        calls.command(callId, verb).toCompletableFuture().join();
    }

    /** The next event of this call and type; what comes before it is kept for {@link #types}. */
    CallEvent await(String callId, String type) throws InterruptedException {
        for (CallEvent event : seen) {
            if (event.type().equals(type) && event.call().id().equals(callId)) {
                return event;
            }
        }
        while (true) {
            CallEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event)
                    .as("%s of %s after %s", type, callId, types(callId))
                    .isNotNull();
            seen.add(event);
            if (event.type().equals(type) && event.call().id().equals(callId)) {
                return event;
            }
        }
    }

    /** Until the call has sent so many packets: 50 are a second. */
    void awaitPackets(String callId, long count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (calls.live(callId)
                .flatMap(CallSnapshot::quality)
                .filter(quality -> quality.packetsOut() >= count)
                .isEmpty()) {
            assertThat(System.nanoTime()).as("packets of %s", callId).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The types of a call's events so far, of those that were waited through. */
    List<String> types(String callId) {
        return seen.stream()
                .filter(event -> event.call().id().equals(callId))
                .map(CallEvent::type)
                .toList();
    }

    @Override
    public void close() {
        sandbox.close();
        sip.close();
        media.close();
        loop.shutdownNow();
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
        public void saveDialog(String callId, String snapshot) {
            // no crash to come back from here
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
        public CompletionStage<Grant> admitInbound(NewCall plan, String trunkId) {
            CompletionStage<Void> now = CompletableFuture.completedFuture(null);
            return CompletableFuture.completedFuture(
                    new Grant(plan.from().orElse(""), List.of(trunkId), Tariff.free("USD"), Optional.empty(), now));
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
}
