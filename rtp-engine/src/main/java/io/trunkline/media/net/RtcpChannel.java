package io.trunkline.media.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A leg's RTCP socket: a Netty channel on its media loop, around a socket that was bound with the RTP one. */
public final class RtcpChannel {
    /** Takes one datagram and its source; the bytes are gone after the call. */
    public interface Receiver {
        void onRtcp(ByteBuffer datagram, InetSocketAddress from);
    }

    private final NioDatagramChannel channel;

    public RtcpChannel(DatagramChannel bound, Receiver receiver) {
        channel = new NioDatagramChannel(bound);
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                receiver.onRtcp(packet.content().nioBuffer(), packet.sender());
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // ICMP errors of a peer without RTCP: nothing to do, nothing to log.
            }
        });
    }

    public void register(EventLoop loop) {
        ChannelFuture _ = loop.register(channel).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** From the loop it is on: it is read by the other one from some moment on. */
    public void moveTo(EventLoop other) {
        ChannelFuture _ = channel.deregister().addListener(_ -> register(other));
    }

    public void send(ByteBuffer report, InetSocketAddress to) {
        ByteBuf copy = channel.alloc().buffer(report.remaining()).writeBytes(report);
        ChannelFuture _ = channel.writeAndFlush(new DatagramPacket(copy, to), channel.voidPromise());
    }

    public void close() {
        ChannelFuture _ = channel.close();
    }
}
