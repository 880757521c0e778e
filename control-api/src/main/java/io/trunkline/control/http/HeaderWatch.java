package io.trunkline.control.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which a request's header, the first one's or any other's, takes too long from its first byte
 * on: an idle timeout alone is fooled by a byte now and then. Stands before the decoder, and hears from behind it which
 * bytes made a header whole; Vert.x has nothing of its own for this.
 *
 * <p>Belongs to the connection's event loop.
 */
final class HeaderWatch extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private boolean inMessage;
    private boolean heard;
    private @Nullable Future<?> alarm;

    private HeaderWatch(Duration limit) {
        this.limit = limit;
    }

    static void on(HttpConnection connection, Duration limit) {
        if (connection instanceof HttpServerConnection server) {
            ChannelPipeline pipeline = server.channelHandlerContext().pipeline();
            ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
            if (decoder != null) {
                HeaderWatch watch = new HeaderWatch(limit);
                pipeline.addBefore(decoder.name(), "header-watch", watch);
                pipeline.addAfter(decoder.name(), "header-watch-decoded", watch.new Decoded());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        heard = false;
        context.fireChannelRead(bytes);
        if (alarm == null && !inMessage && !heard && stillReadsRequests(context)) {
            alarm = context.executor().schedule(() -> cut(context), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whoever is cut off is not waited for
    private static void cut(ChannelHandlerContext context) {
        context.close();
    }

    /** A WebSocket has taken the decoder away. */
    private static boolean stillReadsRequests(ChannelHandlerContext context) {
        return context.pipeline().context(HttpRequestDecoder.class) != null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        calm();
        context.fireChannelInactive();
    }

    private void calm() {
        Future<?> set = alarm;
        alarm = null;
        if (set != null) {
            set.cancel(false);
        }
    }

    /** What the decoder made of the bytes. */
    private final class Decoded extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                inMessage = true;
                heard = true;
                calm();
            }
            if (message instanceof LastHttpContent) {
                inMessage = false;
                heard = true;
            }
            context.fireChannelRead(message);
        }
    }
}
