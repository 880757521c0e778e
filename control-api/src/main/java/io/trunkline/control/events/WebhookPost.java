package io.trunkline.control.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One POST of an event: connects within 3 s to the address that {@link UrlGuard} let pass, waits 10 s for an answer,
 * follows no redirect and reads little of what comes back.
 */
public final class WebhookPost {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final HttpClient client;
    private final UrlGuard guard;

    public WebhookPost(Vertx vertx, UrlGuard guard) {
        this.guard = guard;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(15)
                        .setMaxHeaderSize(16 * 1024),
                new PoolOptions().setHttp1MaxSize(Circuits.EACH).setMaxWaitQueueSize(Circuits.EACH));
    }

    /** The receiver's status. */
    Future<Integer> send(String url, WebhookForms.Letter letter) {
        return guard.resolve(url, SCHEMES)
                .compose(target -> client.request(options(target)))
                .compose(request -> {
                    letter.headers().forEach(request::putHeader);
                    return answer(
                            request.putHeader("Content-Type", "application/json")
                                    .putHeader("User-Agent", "Trunkline"),
                            letter.body());
                });
    }

    private static RequestOptions options(UrlGuard.Target target) {
        URI uri = target.uri();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(uri.getScheme().equalsIgnoreCase("https"))
                .setHost(uri.getHost())
                .setPort(target.port())
                .setURI(uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery())
                .setServer(SocketAddress.inetSocketAddress(
                        target.port(), target.address().getHostAddress()))
                .setConnectTimeout(CONNECT_MILLIS);
    }

    private static Future<Integer> answer(HttpClientRequest request, String body) {
        return request.send(Buffer.buffer(body))
                .compose(WebhookPost::drained)
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset());
    }

    private static Future<Integer> drained(HttpClientResponse response) {
        Promise<Integer> read = Promise.promise();
        int[] bytes = {0};
        response.handler(chunk -> {
            bytes[0] += chunk.length();
            if (bytes[0] > ANSWER_BYTES) {
                response.request().connection().close();
                read.tryComplete(response.statusCode());
            }
        });
        response.exceptionHandler(read::tryFail);
        response.endHandler(end -> read.tryComplete(response.statusCode()));
        return read.future();
    }
}
