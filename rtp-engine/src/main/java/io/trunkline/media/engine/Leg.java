package io.trunkline.media.engine;

import io.trunkline.media.LegStats;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaListener;
import io.trunkline.media.PlaybackEnd;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.loop.LoopMember;
import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.Latch;
import io.trunkline.media.play.PlayQueue;
import io.trunkline.media.record.RecordLane;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A leg as its media loop has it. Every method runs on the loop. */
final class Leg implements LoopMember {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);
    private static final int TICK_MILLIS = 20;
    private static final int SHORT_TICK_MILLIS = 10;
    private static final int TICKS_BETWEEN_STATS = 50;

    private final String id;
    private final MediaLoop loop;
    private final MediaListener listener;
    private final PortPair ports;
    private final RecordLane recordLane;
    private final Latch latch;
    private final RtpSender sender;
    private final PlayQueue playQueue;
    private final Recorders recorders;
    private final LegGraph graph;
    private final StreamWatch watch;
    private int tickMillis = TICK_MILLIS;
    private long lastTick = -1;
    private boolean closed;
    private volatile LegStats stats = LegStats.EMPTY;

    Leg(String id, MediaLoop loop, MediaListener listener, PortPair ports, MediaConfig config, RecordLane recordLane) {
        this.id = id;
        this.loop = loop;
        this.listener = listener;
        this.ports = ports;
        this.recordLane = recordLane;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        latch = new Latch(config.latchWindow().toNanos());
        sender = new RtpSender(
                ports.rtp(), loop.buffers().toSend, random.nextInt(), random.nextInt(0x8000), random.nextInt());
        playQueue = new PlayQueue(this::emit);
        recorders = new Recorders();
        graph = new LegGraph(ports.rtp(), latch, sender, playQueue, recorders, loop.buffers());
        watch = new StreamWatch(config.mediaTimeout(), this::emit);
    }

    void join() {
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
        watch.onTick(graph, latch, nowNanos);
        if (tick % TICKS_BETWEEN_STATS == 0) {
            stats = currentStats();
        }
    }

    @Override
    public void poll(long nowNanos) {}

    @Override
    public void failed(Throwable cause) {
        LOG.error("leg {} failed and is closed", id, cause);
        emit(new MediaEvent.MediaFailed(String.valueOf(cause.getMessage())));
        close();
    }

    void apply(MediaPlan plan, List<AddressBlock> alsoFrom, long nowNanos) {
        if (closed) {
            return;
        }
        graph.apply(plan, alsoFrom, nowNanos);
        watch.restart(nowNanos);
        int wanted = plan.send().ptimeMs() % TICK_MILLIS == 0 ? TICK_MILLIS : SHORT_TICK_MILLIS;
        if (wanted != tickMillis) {
            loop.leave(this);
            tickMillis = wanted;
            lastTick = -1;
            loop.join(this);
        }
    }

    PlayQueue playQueue() {
        return playQueue;
    }

    LegGraph graph() {
        return graph;
    }

    boolean isClosed() {
        return closed;
    }

    void record(RecordSpec spec) {
        recorders.start(spec, graph.sampleRate(), recordLane, this::emit, this::emitLater);
    }

    Recorders recorders() {
        return recorders;
    }

    LegStats stats() {
        return stats;
    }

    private LegStats currentStats() {
        long expected = graph.receiver().expected();
        double lossIn = expected == 0 ? 0 : (double) graph.receiver().lost() / expected;
        return new LegStats(graph.packetsIn(), sender.packets(), graph.strays(), graph.late(), lossIn, 0, 0, -1, -1);
    }

    private void emit(MediaEvent event) {
        listener.onMediaEvent(id, event);
    }

    private void emitLater(MediaEvent event) {
        loop.execute(() -> emit(event));
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.leave(this);
        loop.planned().decrementAndGet();
        recorders.stopAll();
        stats = currentStats();
        graph.close();
        ports.close();
        emit(new MediaEvent.MediaClosed(stats, playQueue.drain(PlaybackEnd.HANGUP)));
    }
}
