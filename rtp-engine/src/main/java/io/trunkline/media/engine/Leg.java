package io.trunkline.media.engine;

import io.trunkline.media.DtmfMethod;
import io.trunkline.media.LegStats;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.PlaybackEnd;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.graph.Beeper;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.graph.Mixer;
import io.trunkline.media.loop.LoopMember;
import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.Latch;
import io.trunkline.media.net.PacketDemux;
import io.trunkline.media.play.PlayQueue;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A leg as its media loop has it. Every method runs on the loop. */
final class Leg implements LoopMember, LegGraph.Side {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);
    private static final int TICK_MILLIS = 20;
    private static final int SHORT_TICK_MILLIS = 10;
    private static final int TICKS_BETWEEN_STATS = 50;

    private final LegContext context;
    private volatile Lane lane;
    private MediaLoop loop;
    private final PortPair ports;
    private final Latch latch;
    private final PlayQueue playQueue = new PlayQueue(this::emit);
    private final Recorders recorders = new Recorders();
    private final LegGraph graph;
    private final Reports reports;
    private final StreamWatch watch;
    private final SecureLink link;
    private final DigitsOut digitsOut;
    private final DigitsIn digitsIn;
    private final Listeners listeners;
    private @Nullable Leg bridgedWith;
    private int tickMillis = TICK_MILLIS;
    private long lastTick = -1;
    private boolean closed;
    private final LiveStats stats = new LiveStats();

    Leg(LegContext context, Lane lane, PortPair ports, SecureLink.Means means) {
        this.context = context;
        this.lane = lane;
        this.loop = lane.loop();
        this.ports = ports;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        latch = new Latch(context.config().latchWindow().toNanos());
        RtpSender sender = new RtpSender(
                ports.rtp(), lane.workspace(), random.nextInt(), random.nextInt(0x8000), random.nextInt());
        graph = new LegGraph(ports.rtp(), latch, sender, playQueue, this, lane.workspace());
        reports = new Reports(
                ports, lane, sender, graph, latch, context.nanoClock().getAsLong());
        link = new SecureLink(means, ports.rtp(), latch, this::onLoop, this::emit);
        digitsOut = new DigitsOut(context.spec().dtmf(), sender);
        digitsIn = new DigitsIn(graph, this::onDigit);
        watch = new StreamWatch(context.config().mediaTimeout(), this::emit);
        listeners = new Listeners(graph, this::emit);
    }

    void join() {
        reports.register();
        loop.join(this);
    }

    @Override
    public int tickMillis() {
        return tickMillis;
    }

    @Override
    public void tick(long nowNanos, long tick) {
        long ticks = lastTick < 0 ? 1 : tick - lastTick;
        lastTick = tick;
        graph.tick(nowNanos, ticks, tickMillis);
        digitsIn.onTick(nowNanos);
        listeners.onTick();
        link.onTick(nowNanos);
        watch.onTick(graph, latch, nowNanos);
        reports.onTick(nowNanos);
        if (tick % TICKS_BETWEEN_STATS == 0) {
            publishStats();
        }
    }

    private void publishStats() {
        long in = stats.packetsIn();
        long out = stats.packetsOut();
        long stray = stats.packetsStray();
        reports.publish(stats);
        loop.stats().onPackets(stats.packetsIn() - in, stats.packetsOut() - out, stats.packetsStray() - stray);
    }

    @Override
    public void poll(long nowNanos) {
        graph.read(nowNanos);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("leg {} failed and is closed", context.spec().id(), cause);
        emit(new MediaEvent.MediaFailed(String.valueOf(cause.getMessage())));
        close();
    }

    void apply(MediaPlan plan, SecureTransport transport, List<AddressBlock> alsoFrom) {
        long now = context.nanoClock().getAsLong();
        link.apply(transport, now);
        graph.apply(plan, alsoFrom, now);
        watch.restart(now);
        int wanted = plan.send().ptimeMs() % TICK_MILLIS == 0 ? TICK_MILLIS : SHORT_TICK_MILLIS;
        if (wanted != tickMillis) {
            loop.leave(this);
            tickMillis = wanted;
            lastTick = -1;
            loop.join(this);
            loop.pollEverySlot(this, bridgedWith != null);
        }
        digitsOut.negotiated(plan, tickMillis);
        digitsIn.negotiated(plan);
    }

    @Override
    public boolean onConnectivity(PacketDemux.Kind kind, ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        return link.onConnectivity(kind, datagram, from, nowNanos);
    }

    SecureLink link() {
        return link;
    }

    PlayQueue playQueue() {
        return playQueue;
    }

    LegGraph graph() {
        return graph;
    }

    Listeners listeners() {
        return listeners;
    }

    Recorders recorders() {
        return recorders;
    }

    boolean isClosed() {
        return closed;
    }

    void record(RecordSpec spec) {
        int sampleRate = graph.plan() == null ? Recorders.rateFor(context.spec().codecs()) : graph.sampleRate();
        recorders.start(spec, sampleRate, lane.recordings(), this::emit, this::emitLater);
    }

    void bridge(Leg other) {
        unbridge();
        other.unbridge();
        join(other);
        other.join(this);
    }

    /** The lane it lives on, or is on its way to. */
    Lane lane() {
        return lane;
    }

    /**
     * Leaves this loop whole, with sockets, streams and jitter buffer, and goes on with its next turn on another. A
     * command that still comes to the old loop is passed on by the session.
     */
    void moveTo(Lane target) {
        if (target.equals(lane)) {
            return;
        }
        unbridge();
        leaveRoom();
        loop.leave(this);
        loop.planned().decrementAndGet();
        target.loop().planned().incrementAndGet();
        recorders.use(target.recordings());
        graph.use(target.workspace());
        reports.moveTo(target);
        loop = target.loop();
        lastTick = -1;
        loop.execute(this::arrive);
        lane = target;
    }

    private void arrive() {
        if (!closed) {
            loop.join(this);
        }
    }

    void sit(Mixer.Seat seat) {
        unbridge();
        graph.sit(seat);
    }

    void leaveRoom() {
        graph.sit(null);
    }

    private void join(Leg other) {
        bridgedWith = other;
        graph.bridge(other.graph);
        loop.pollEverySlot(this, true);
    }

    void unbridge() {
        Leg other = bridgedWith;
        if (other != null) {
            part();
            other.part();
        }
    }

    private void part() {
        bridgedWith = null;
        graph.unbridge();
        loop.pollEverySlot(this, false);
    }

    @Override
    public void onDigitPacket(RtpPacket packet, ByteBuffer datagram, long nowNanos) {
        digitsIn.onPacket(packet, datagram, nowNanos);
    }

    /** A bridged leg that cannot take the peer's packets as they are gets each digit anew. */
    private void onDigit(MediaEvent event) {
        emit(event);
        Leg other = bridgedWith;
        boolean named = event instanceof MediaEvent.DigitReceived digit && digit.method() == DtmfMethod.RFC4733;
        if (other != null && named && !graph.passesDigitsTo(other.graph)) {
            other.sendDigits(String.valueOf(((MediaEvent.DigitReceived) event).digit()));
        }
    }

    void sendDigits(String digits) {
        digitsOut.enqueue(digits, graph.sampleRate());
    }

    @Override
    public void onRtcp(ByteBuffer datagram, long nowNanos) {
        reports.onPacket(datagram, nowNanos);
    }

    @Override
    public LegGraph.DigitTurn sayDigit(short[] said, int samples, int sampleRate) {
        return digitsOut.next(said, samples, graph.destination());
    }

    @Override
    public void onTick(short[] heard, short[] said, int samples, int sampleRate) {
        recorders.onTick(heard, said, samples, sampleRate);
    }

    @Override
    public void onSkipped(long samples, int sampleRate) {
        recorders.onSkipped(samples, sampleRate);
    }

    @Override
    public boolean records() {
        return !recorders.isEmpty();
    }

    @Override
    public @Nullable Beeper beeper() {
        return recorders.beeper();
    }

    LegStats stats() {
        return stats.snapshot();
    }

    private void emit(MediaEvent event) {
        context.listener().onMediaEvent(context.spec().id(), event);
    }

    /** From another thread: done on the loop that the leg lives on by then, while it lives. */
    private void onLoop(Runnable task) {
        Lane here = lane;
        here.loop().execute(() -> {
            if (!here.equals(lane)) {
                onLoop(task);
            } else if (!closed) {
                task.run();
            }
        });
    }

    private void emitLater(MediaEvent event) {
        lane.loop().execute(() -> emit(event));
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        unbridge();
        leaveRoom();
        loop.leave(this);
        loop.planned().decrementAndGet();
        recorders.stopAll();
        publishStats();
        reports.close(context.nanoClock().getAsLong());
        link.close();
        graph.close();
        ports.release();
        emit(new MediaEvent.MediaClosed(stats.snapshot(), playQueue.drain(PlaybackEnd.HANGUP)));
    }
}
