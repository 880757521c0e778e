package io.trunkline.media.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.trunkline.media.net.MediaSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench sockets}: only the way through the kernel, one packet out and one in for each socket every 20 ms, plain
 * channels beside Netty's. It keeps the choice of plain ones honest.
 */
final class SocketBench {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;
    private static final int PACKET_BYTES = 172;

    /** One way of doing it; each socket sends to itself, so that a pair costs one send and one receive. */
    private interface Transport {
        void open(int count) throws IOException;

        void sendAndReceive(int socket) throws IOException;

        void everySlot();

        long received();
    }

    private SocketBench() {}

    static BenchReport run(BenchOptions options) throws IOException {
        Transport transport = options.netty() ? new Netty() : new Plain();
        transport.open(options.calls());
        drive(transport, options.calls(), options.warmupSeconds());
        long receivedBefore = transport.received();
        Meter meter = new Meter();
        meter.start();
        drive(transport, options.calls(), options.seconds());
        double pairs = 50.0 * options.seconds() * options.calls();
        return new BenchReport()
                .text("transport", options.netty() ? "netty" : "plain")
                .number("sockets", options.calls())
                .decimal("cpu_us_per_pair", meter.cpuSeconds() * 1e6 / pairs)
                .decimal("cores", meter.cpuSeconds() / meter.wallSeconds())
                .number("received", transport.received() - receivedBefore)
                .number("lost", (long) pairs - (transport.received() - receivedBefore));
    }

    private static void drive(Transport transport, int count, int seconds) throws IOException {
        long next = System.nanoTime();
        for (int slot = 0; slot < seconds * 1000; slot++) {
            next += SLOT_NANOS;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            transport.everySlot();
            for (int i = slot % SLOTS; i < count; i += SLOTS) {
                transport.sendAndReceive(i);
            }
        }
    }

    private static final class Plain implements Transport {
        private final List<MediaSocket> sockets = new ArrayList<>();
        private final ByteBuffer out = ByteBuffer.allocateDirect(PACKET_BYTES);
        private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
        private long received;

        @Override
        public void open(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                MediaSocket socket = MediaSocket.open(LOOPBACK, 0);
                socket.connect(socket.local());
                sockets.add(socket);
            }
        }

        @Override
        public void sendAndReceive(int socket) throws IOException {
            MediaSocket one = sockets.get(socket);
            one.send(out.clear(), one.local());
            while (one.receive(in) != null) {
                received++;
            }
        }

        @Override
        public void everySlot() {
            // Each socket is read in its own turn.
        }

        @Override
        public long received() {
            return received;
        }
    }

    private static final class Netty implements Transport {
        private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), NioIoHandler.newFactory());
        private final List<Channel> channels = new ArrayList<>();
        private long received;

        @Override
        public void open(int count) {
            for (int i = 0; i < count; i++) {
                channels.add(open());
            }
        }

        private Channel open() {
            ChannelFuture bound = new Bootstrap()
                    .group(loop)
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, false)
                    .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                            received++;
                        }
                    })
                    .bind(LOOPBACK, 0);
            settle(bound);
            settle(bound.channel().connect(bound.channel().localAddress()));
            return bound.channel();
        }

        private void settle(ChannelFuture future) {
            while (!future.isDone()) {
                loop.runNow();
            }
        }

        @Override
        public void sendAndReceive(int socket) {
            Channel channel = channels.get(socket);
            ByteBuf packet = channel.alloc().directBuffer(PACKET_BYTES).writeZero(PACKET_BYTES);
            InetSocketAddress to = (InetSocketAddress) channel.localAddress();
            ChannelFuture _ = channel.writeAndFlush(new DatagramPacket(packet, to), channel.voidPromise());
        }

        @Override
        public void everySlot() {
            loop.runNow();
        }

        @Override
        public long received() {
            return received;
        }
    }
}
