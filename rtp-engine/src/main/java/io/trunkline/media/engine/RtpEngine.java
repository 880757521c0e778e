package io.trunkline.media.engine;

import io.netty.channel.nio.NioIoHandler;
import io.trunkline.media.AudioSource;
import io.trunkline.media.Direction;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaListener;
import io.trunkline.media.MediaRoom;
import io.trunkline.media.MediaSession;
import io.trunkline.media.MediaStats;
import io.trunkline.media.NoMediaPortsException;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.amd.Model;
import io.trunkline.media.crypto.DtlsAssociation;
import io.trunkline.media.crypto.DtlsIdentity;
import io.trunkline.media.ice.IceCandidate;
import io.trunkline.media.loop.LoopStats;
import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.loop.Ticker;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.PortAllocator;
import io.trunkline.media.play.PromptCache;
import io.trunkline.media.record.Recorder;
import io.trunkline.media.rtp.Workspace;
import io.trunkline.media.sdp.LocalMedia;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: its loops, ports, prompts and recorder. */
public final class RtpEngine implements MediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(RtpEngine.class);
    private static final long PROMPT_BYTES = 256L << 20;
    private static final int PTIME_MILLIS = 20;

    /** So long after a socket could not be had, no further call is taken on: it would fail as well. */
    private static final long STARVED_NANOS = 1_000_000_000L;

    private final MediaConfig config;
    private final PortAllocator ports;
    private final ReadyPorts ready;
    private final Recorder recorder;
    private final Model model = Model.shipped();
    private final PromptCache prompts = new PromptCache(PROMPT_BYTES);
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final DtlsAssociation.Turns handshakes = new DtlsAssociation.Turns();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Ticker> tickers = new ArrayList<>();
    private volatile long starvedNanos = System.nanoTime() - STARVED_NANOS;

    private RtpEngine(MediaConfig config) {
        this.config = config;
        this.ports =
                new PortAllocator(config.firstPort(), config.lastPort(), config.portQuarantine(), System::nanoTime);
        this.ready = new ReadyPorts(ports, config.ice().stunServers());
        this.recorder = new Recorder(config.recordings());
    }

    public static RtpEngine start(MediaConfig config) {
        RtpEngine engine = new RtpEngine(config);
        engine.recorder.start();
        int loops = config.loops() > 0
                ? config.loops()
                : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        for (int i = 0; i < loops; i++) {
            // A real-time thread on every core would leave none to the collector and to signalling.
            engine.startLoop(
                    i, config.realtime() && loops < Runtime.getRuntime().availableProcessors());
        }
        return engine;
    }

    private void startLoop(int number, boolean realtime) {
        MediaLoop loop = new MediaLoop(null, NioIoHandler.newFactory(), System::nanoTime);
        Ticker ticker = new Ticker(
                loop,
                "media-" + number,
                System::nanoTime,
                realtime,
                granted -> LOG.info("media loop {} is warm: {}", number, granted));
        lanes.add(new Lane(loop, new Workspace(), recorder.lane()));
        tickers.add(ticker);
        ticker.start();
    }

    @Override
    public MediaSession open(LegSpec spec, MediaListener listener) {
        List<AddressBlock> alsoFrom =
                spec.alsoFrom().stream().map(AddressBlock::parse).toList();
        Optional<ReadyPorts.Ready> known =
                spec.srtp() == SrtpPolicy.DTLS ? ready.take(spec.localAddress()) : Optional.empty();
        PortPair pair = known.map(ReadyPorts.Ready::pair).orElseGet(() -> takePorts(spec));
        Lane lane = laneFor(spec);
        lane.loop().planned().incrementAndGet();
        LegContext context = new LegContext(spec, listener, config, System::nanoTime);
        boolean lite = spec.iceLite() || config.ice().lite();
        LegSecurity security = new LegSecurity(
                spec.srtp(),
                identity.fingerprint(),
                candidates(pair.rtp().local(), known.map(ReadyPorts.Ready::outside)),
                lite);
        Leg leg =
                new Leg(context, lane, pair, new SecureLink.Means(identity, handshakes, security.credentials(), lite));
        lane.loop().execute(leg::join);
        LocalMedia local = localMedia(spec, pair, security);
        return new LegSession(spec.id(), leg, local, security, alsoFrom, prompts, model);
    }

    private PortPair takePorts(LegSpec spec) {
        try {
            return PortPair.open(ports, spec.localAddress());
        } catch (NoMediaPortsException none) {
            starvedNanos = System.nanoTime();
            throw none;
        }
    }

    private Lane laneFor(LegSpec spec) {
        return spec.onLoopOf().map(beside -> LegSession.of(beside).lane()).orElseGet(this::emptiestLane);
    }

    private Lane emptiestLane() {
        return lanes.stream()
                .min(Comparator.comparingInt(lane -> lane.loop().planned().get()))
                .orElseThrow();
    }

    @Override
    public MediaRoom openRoom() {
        return new Room(emptiestLane());
    }

    /** The socket's own address, and what the world sees of it: as configured, and as a STUN server has told. */
    private List<IceCandidate> candidates(InetSocketAddress local, Optional<InetSocketAddress> told) {
        List<IceCandidate> all = new ArrayList<>(List.of(IceCandidate.host(local, 0xffff)));
        InetSocketAddress configured = new InetSocketAddress(announced(local.getAddress()), local.getPort());
        Stream.concat(Stream.of(configured), told.stream())
                .distinct()
                .filter(outside -> !outside.equals(local))
                .forEach(outside -> all.add(IceCandidate.seenFromOutside(outside, 0xffff - all.size())));
        return all;
    }

    private LocalMedia localMedia(LegSpec spec, PortPair pair, LegSecurity security) {
        return new LocalMedia(
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                announced(spec.localAddress()),
                pair.port(),
                pair.port() + 1,
                spec.codecs(),
                PTIME_MILLIS,
                true,
                Direction.SENDRECV,
                security);
    }

    private InetAddress announced(InetAddress local) {
        return (local instanceof Inet6Address ? config.publicIpv6() : config.publicIpv4()).orElse(local);
    }

    @Override
    public CompletableFuture<Void> prepare(AudioSource source) {
        return prompts.prepare(source);
    }

    @Override
    public void expectLegsAt(InetAddress local) {
        ready.stock(local);
    }

    @Override
    public boolean hasFreePorts() {
        return ports.hasFree() && System.nanoTime() - starvedNanos > STARVED_NANOS;
    }

    @Override
    public MediaStats stats() {
        LoopStats.Published worst = LoopStats.NOTHING;
        int sessions = 0;
        for (Lane lane : lanes) {
            worst = worst.and(lane.loop().stats().published());
            sessions += lane.loop().planned().get();
        }
        return new MediaStats(
                lanes.size(),
                sessions,
                ports.inUse(),
                ports.free(),
                worst.packetsIn(),
                worst.packetsOut(),
                worst.packetsStray(),
                worst.skippedTicks(),
                recorder.dropped(),
                worst.failures(),
                new MediaStats.Lateness(
                        worst.latenessP50Micros(),
                        worst.latenessP99Micros(),
                        worst.latenessP999Micros(),
                        worst.latenessMaxMicros()));
    }

    /** Ends what is left of every session and returns when the files are written. */
    @Override
    public void close() {
        ready.close();
        tickers.forEach(Ticker::close);
        recorder.close();
    }
}
