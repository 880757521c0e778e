package io.trunkline.media.engine;

import io.trunkline.media.graph.LegGraph;
import io.trunkline.media.net.Latch;
import io.trunkline.media.net.RtcpChannel;
import io.trunkline.media.rtp.Mos;
import io.trunkline.media.rtp.Rtcp;
import io.trunkline.media.rtp.RtpReceiver;
import io.trunkline.media.rtp.RtpSender;
import io.trunkline.media.sdp.MediaPlan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A leg's RTCP and what it and our own counting say of the call's health. */
final class Reports {
    private final PortPair ports;
    private Lane lane;
    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final LegGraph graph;
    private final Latch latch;
    private final Rtcp rtcp;
    private final RtcpChannel channel;
    private long strays;

    Reports(PortPair ports, Lane lane, RtpSender sender, LegGraph graph, Latch latch, long nowNanos) {
        this.ports = ports;
        this.lane = lane;
        this.sender = sender;
        this.receiver = graph.receiver();
        this.graph = graph;
        this.latch = latch;
        String name = Integer.toHexString(sender.ssrc()) + "@trunkline";
        this.rtcp = new Rtcp(sender, receiver, name, System.currentTimeMillis(), nowNanos);
        this.channel = new RtcpChannel(ports.rtcp(), this::onDatagram);
    }

    void register() {
        channel.register(lane.loop().eventLoop());
    }

    /** The RTCP socket goes where the leg goes; what arrives meanwhile waits in it. */
    void moveTo(Lane target) {
        lane = target;
        channel.moveTo(target.loop().eventLoop());
    }

    /** On the RTCP port: only the peer's host is heard, whatever port it reports from. */
    private void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        InetSocketAddress peer = latch.remote();
        boolean fromPeer = peer != null && peer.getAddress().equals(from.getAddress());
        if (!fromPeer
                || !ports.rtp().guard().openReport(datagram)
                || !rtcp.onPacket(datagram, lane.loop().nowNanos())) {
            strays++;
        }
    }

    void onPacket(ByteBuffer datagram, long nowNanos) {
        rtcp.onPacket(datagram, nowNanos);
    }

    void onTick(long nowNanos) {
        if (rtcp.isDue(nowNanos)) {
            send(nowNanos, false);
        }
    }

    private void send(long nowNanos, boolean last) {
        MediaPlan plan = graph.plan();
        InetSocketAddress to = plan == null ? null : destination(plan);
        if (plan == null || to == null) {
            return;
        }
        ByteBuffer report = lane.workspace().toSend;
        rtcp.report(report, nowNanos, plan.codec().clockRate(), last);
        if (!ports.rtp().guard().sealReport(report)) {
            return;
        }
        if (plan.rtcpMux()) {
            ports.rtp().send(report, to);
        } else {
            channel.send(report, to);
        }
    }

    /** Behind NAT the reports' port is as unknown as the media's: the one next to where media comes from. */
    private @Nullable InetSocketAddress destination(MediaPlan plan) {
        InetSocketAddress media = latch.remote();
        InetSocketAddress announced = plan.remoteRtcp().orElse(null);
        if (media == null || plan.rtcpMux() || announced == null) {
            return media;
        }
        boolean moved = !plan.remoteRtp().filter(media::equals).isPresent();
        InetAddress host = media.getAddress();
        return moved && media.getPort() < 0xffff ? new InetSocketAddress(host, media.getPort() + 1) : announced;
    }

    void publish(LiveStats stats) {
        MediaPlan plan = graph.plan();
        long expected = receiver.expected();
        double lossIn = expected == 0 ? 0 : (double) receiver.lost() / expected;
        double late = expected == 0 ? 0 : (double) graph.late() / expected;
        double jitterMillis =
                plan == null ? 0 : receiver.jitter() * 1000 / plan.codec().clockRate();
        double mos = plan == null || expected == 0 ? -1 : mos(plan, Math.min(1, lossIn + late));
        stats.set(
                graph.packetsIn(),
                sender.packets(),
                graph.strays() + strays,
                graph.late(),
                lossIn,
                Math.max(0, rtcp.lossOut()),
                jitterMillis,
                rtcp.rttMillis(),
                mos);
    }

    private double mos(MediaPlan plan, double loss) {
        double network = Math.max(0, rtcp.rttMillis()) / 2;
        return Mos.of(
                plan.codec(),
                loss,
                network + graph.playoutDelayMicros() / 1000.0 + plan.send().ptimeMs());
    }

    /** Says goodbye and closes the RTCP socket. */
    void close(long nowNanos) {
        send(nowNanos, true);
        channel.close();
    }
}
