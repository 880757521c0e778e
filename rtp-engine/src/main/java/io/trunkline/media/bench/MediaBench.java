package io.trunkline.media.bench;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Codec;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.MediaStats;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** {@code bench media}: N calls of this engine that play, hear, and as asked record and detect, against a {@link Sink}. */
public final class MediaBench {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 49_999;
    /** So long a call is said to last: then another one is answered in its place, and listened to for its first seconds. */
    private static final Duration CALL = Duration.ofSeconds(30);

    private final BenchOptions options;
    private final Path recordings;
    private final AtomicReferenceArray<MediaSession> sessions;
    private final CountDownLatch closed;

    private MediaBench(BenchOptions options, Path recordings) {
        this.options = options;
        this.recordings = recordings;
        this.sessions = new AtomicReferenceArray<>(options.calls());
        this.closed = new CountDownLatch(options.calls());
    }

    public static void main(String[] args) throws Exception {
        BenchOptions options = BenchOptions.parse(args);
        List<BenchReport> runs = new ArrayList<>();
        for (int i = 0; i < options.runs(); i++) {
            runs.add(options.what().equals("sockets") ? SocketBench.run(options) : runOnce(options));
        }
        BenchReport report = runs.size() == 1 ? runs.getFirst() : BenchReport.medianOf(runs);
        System.out.println(report.text(options.json()));
    }

    private static BenchReport runOnce(BenchOptions options) throws IOException, InterruptedException {
        Path recordings = Files.createTempDirectory("trunkline-bench");
        try {
            return new MediaBench(options, recordings).run();
        } finally {
            delete(recordings);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private BenchReport run() throws IOException, InterruptedException {
        Meter meter = new Meter();
        try (MediaEngine engine = MediaEngine.start(config());
                SinkProcess sink = new SinkProcess(options.calls(), options.codec(), options.srtp())) {
            engine.prepare(new Chirp()).join();
            long memoryBefore = meter.memoryBytes();
            openAll(engine, sink);
            Thread answers = Thread.ofVirtual().start(this::answerAgain);
            Thread.sleep(Duration.ofSeconds(options.warmupSeconds()));
            MediaStats before = engine.stats();
            sink.go();
            meter.start();
            Thread.sleep(Duration.ofSeconds(options.seconds()));
            double cpu = meter.cpuSeconds();
            double wall = meter.wallSeconds();
            long allocated = meter.allocated();
            MediaStats after = engine.stats();
            long pauseMillis = meter.longestPauseMillis();
            sink.pause();
            answers.interrupt();
            answers.join();
            long memory = meter.memoryBytes() - memoryBefore;
            closeAll();
            SinkProcess.Result result = sink.stop();
            return BenchReport.media(
                    options, cpu, wall, allocated, result, before, after, engine.stats(), memory, pauseMillis);
        }
    }

    private MediaConfig config() {
        MediaConfig defaults = MediaConfig.defaults(recordings);
        return new MediaConfig(
                options.loops(),
                FIRST_PORT,
                LAST_PORT,
                defaults.portQuarantine(),
                Optional.empty(),
                Optional.empty(),
                defaults.mediaTimeout(),
                defaults.latchWindow(),
                recordings,
                true);
    }

    private void openAll(MediaEngine engine, SinkProcess sink) {
        List<Codec> codecs = List.of(options.codec());
        for (int i = 0; i < options.calls(); i++) {
            int call = i;
            MediaSession session = engine.open(
                    LegSpec.of("bench-" + i, LOOPBACK).withCodecs(codecs).withSrtp(policy()),
                    (id, event) -> onEvent(call, event));
            session.createOffer();
            Negotiation negotiation = session.acceptAnswer(answer(sink.port(i)));
            if (negotiation instanceof Negotiation.Refused refused) {
                throw new IllegalStateException(refused.toString());
            }
            sessions.set(i, session);
            session.play(new Playback("play", new Chirp(), 0, 0, false));
            if (options.record()) {
                session.record(RecordSpec.dual("bench-" + i));
            }
            if (options.amdAlways()) {
                session.detect(AmdSpec.DEFAULT);
            }
        }
    }

    private SrtpPolicy policy() {
        return options.srtp() ? SrtpPolicy.SDES : SrtpPolicy.OFF;
    }

    /** One call after the other, evenly: as many are being listened to at any time as of that many real ones. */
    private void answerAgain() {
        try {
            for (int call = 0; options.amd(); call = (call + 1) % options.calls()) {
                sessions.get(call).detect(AmdSpec.DEFAULT);
                Thread.sleep(CALL.dividedBy(options.calls()));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** With {@code --amd-always} there is a new detection as soon as one has decided. */
    private void onEvent(int call, MediaEvent event) {
        MediaSession session = sessions.get(call);
        if (event instanceof MediaEvent.MediaClosed) {
            closed.countDown();
        } else if (options.amdAlways() && event instanceof MediaEvent.AmdResult && session != null) {
            session.detect(AmdSpec.DEFAULT);
        }
    }

    /** Returns when each leg has counted its last packet and the sink has had time to take it. */
    private void closeAll() throws InterruptedException {
        for (int i = 0; i < sessions.length(); i++) {
            sessions.get(i).close();
        }
        closed.await();
        Thread.sleep(1500);
    }

    private String answer(int port) {
        Codec codec = options.codec();
        int type = SinkProcess.payloadType(codec);
        String channels = codec == Codec.OPUS ? "/2" : "";
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + port + (options.srtp() ? " RTP/SAVP " : " RTP/AVP ") + type + " 101",
                "a=rtpmap:" + type + " " + codec.sdpName() + "/" + rtpmapRate(codec) + channels,
                "a=rtpmap:101 telephone-event/8000",
                "a=ptime:20",
                "a=rtcp-mux",
                options.srtp() ? "a=crypto:" + BenchKey.LINE.text() : "a=sendrecv",
                "");
    }

    private static int rtpmapRate(Codec codec) {
        return codec.clockRate();
    }

    /** Ten seconds that sweep through the voice band: played to every call, over and over. */
    private record Chirp() implements AudioSource {
        private static final int RATE = 16_000;
        private static final int SECONDS = 10;

        @Override
        public void writeTo(AudioSink sink) throws InterruptedException {
            short[] samples = new short[RATE * SECONDS];
            double phase = 0;
            for (int i = 0; i < samples.length; i++) {
                phase += 2 * Math.PI * (300 + 2700.0 * i / samples.length) / RATE;
                samples[i] = (short) (8000 * Math.sin(phase));
            }
            sink.start(RATE);
            sink.write(samples, 0, samples.length);
        }

        @Override
        public Optional<String> cacheKey() {
            return Optional.of("bench:chirp");
        }
    }
}
