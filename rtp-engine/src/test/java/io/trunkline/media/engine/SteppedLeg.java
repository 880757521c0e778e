package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.nio.NioIoHandler;
import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.Negotiation;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.amd.Model;
import io.trunkline.media.crypto.DtlsAssociation;
import io.trunkline.media.crypto.DtlsIdentity;
import io.trunkline.media.loop.MediaLoop;
import io.trunkline.media.net.AddressBlock;
import io.trunkline.media.net.PortAllocator;
import io.trunkline.media.play.PromptCache;
import io.trunkline.media.record.Recorder;
import io.trunkline.media.rtp.Workspace;
import io.trunkline.media.sdp.LocalMedia;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.ManualClock;
import io.trunkline.media.testing.RtpPeer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One loop moved by hand, with legs whose far ends are {@link RtpPeer}s on real sockets. */
final class SteppedLeg implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final DtlsIdentity IDENTITY = DtlsIdentity.create();

    final ManualClock clock = new ManualClock();
    final MediaLoop loop = new MediaLoop(Thread.currentThread(), NioIoHandler.newFactory(), clock);
    final PortAllocator ports;
    final Recorder recorder;
    final MediaConfig config;
    final Lane lane;
    final PromptCache prompts = new PromptCache(16 << 20);
    private final List<LegSession> sessions = new ArrayList<>();

    SteppedLeg(Path recordings) {
        config = MediaConfig.defaults(recordings);
        ports = new PortAllocator(30_000, 31_000, config.portQuarantine(), clock);
        recorder = new Recorder(recordings);
        recorder.start();
        lane = new Lane(loop, new Workspace(), recorder.lane());
    }

    /** A leg of ours that offered A-law to {@code peer} and got its answer. */
    LegSession callTo(RtpPeer peer, EventLog events, Codec... codecs) {
        LegSession session = open(events, codecs);
        peer.towards(session.createOffer());
        assertThat(session.acceptAnswer(peer.sdp())).isInstanceOf(Negotiation.Agreed.class);
        step(1);
        return session;
    }

    LegSession open(EventLog events, Codec... codecs) {
        return open(events, SrtpPolicy.OFF, codecs);
    }

    LegSession open(EventLog events, SrtpPolicy policy, Codec... codecs) {
        List<Codec> wanted = codecs.length == 0 ? List.of(Codec.PCMA) : List.of(codecs);
        LegSpec spec = LegSpec.of("leg", LOOPBACK).withCodecs(wanted);
        PortPair pair = PortPair.open(ports, LOOPBACK);
        LegSecurity security = new LegSecurity(policy, IDENTITY.fingerprint(), List.of(), false);
        Leg leg = new Leg(
                new LegContext(spec, events, config, clock),
                lane,
                pair,
                new SecureLink.Means(IDENTITY, new DtlsAssociation.Turns(), security.credentials(), false));
        loop.execute(leg::join);
        LocalMedia local = new LocalMedia(
                7, LOOPBACK, pair.port(), pair.port() + 1, wanted, 20, true, Direction.SENDRECV, security);
        List<AddressBlock> alsoFrom = List.of();
        LegSession session = new LegSession("leg", leg, local, security, alsoFrom, prompts, Model.shipped());
        sessions.add(session);
        return session;
    }

    /** Lets milliseconds pass one by one. */
    void step(int millis) {
        for (int i = 0; i < millis; i++) {
            clock.advanceMillis(1);
            loop.step();
        }
    }

    /** Twenty milliseconds: each leg's turn comes once. */
    void turn() {
        step(20);
    }

    /** Turns until something that another thread prepares has happened; each turn leaves it real time. */
    void turnUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            turn();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        sessions.forEach(LegSession::close);
        step(2);
        recorder.close();
    }
}
