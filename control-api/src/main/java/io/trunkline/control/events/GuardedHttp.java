package io.trunkline.control.events;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Requests to addresses that users name: each one, and each redirect, passes the {@link UrlGuard}, connects to the
 * address that it resolved, and ends at a size and a time.
 */
public final class GuardedHttp {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_SECONDS = 10;
    private static final int REDIRECTS = 3;
    private static final int NOT_MODIFIED = 304;
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final HttpClient client;
    private final UrlGuard guard;

    public GuardedHttp(Vertx vertx, UrlGuard guard) {
        this.guard = guard;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(15)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(16 * 1024));
    }

    /**
     * What came.
     *
     * @param unchanged it is still what had this tag; the body is empty (RFC 9110 section 15.4.5)
     */
    public record Answer(boolean unchanged, Optional<String> etag, Buffer body) {}

    public Future<Buffer> get(String url, int maxBytes) {
        return follow(HttpMethod.GET, url, Map.of(), Buffer.buffer(), maxBytes, REDIRECTS)
                .map(Answer::body);
    }

    /** Asks only for what is no longer what had this tag. */
    public Future<Answer> getUnless(String etag, String url, int maxBytes) {
        Map<String, String> headers = etag.isEmpty() ? Map.of() : Map.of(IF_NONE_MATCH, etag);
        return follow(HttpMethod.GET, url, headers, Buffer.buffer(), maxBytes, REDIRECTS);
    }

    /** A POST is never redirected: what was signed for one receiver is not for another. */
    public Future<Buffer> post(String url, Map<String, String> headers, Buffer body, int maxBytes) {
        return follow(HttpMethod.POST, url, headers, body, maxBytes, 0).map(Answer::body);
    }

    private Future<Answer> follow(
            HttpMethod method, String url, Map<String, String> headers, Buffer body, int maxBytes, int redirects) {
        return guard.resolve(url, SCHEMES)
                .compose(target -> client.request(options(method, target)))
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    return request.send(body);
                })
                .compose(response -> {
                    String location = response.getHeader(HttpHeaders.LOCATION);
                    if (response.statusCode() / 100 == 3 && location != null && redirects > 0) {
                        drop(response);
                        String next = URI.create(url).resolve(location).toString();
                        return follow(method, next, headers, body, maxBytes, redirects - 1);
                    }
                    if (response.statusCode() == NOT_MODIFIED && headers.containsKey(IF_NONE_MATCH)) {
                        drop(response);
                        return Future.succeededFuture(new Answer(true, Optional.empty(), Buffer.buffer()));
                    }
                    Optional<String> etag = Optional.ofNullable(response.getHeader(HttpHeaders.ETAG));
                    return read(response, maxBytes).map(whole -> new Answer(false, etag, whole));
                })
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static RequestOptions options(HttpMethod method, UrlGuard.Target target) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(target.uri().toString())
                .setServer(SocketAddress.inetSocketAddress(
                        target.port(), target.address().getHostAddress()))
                .putHeader("User-Agent", "Trunkline");
    }

    /** The rest of an answer is of no interest; that it is cut is no failure. */
    private static void drop(HttpClientResponse response) {
        response.exceptionHandler(_ -> {});
        response.request().reset();
    }

    private static Future<Buffer> read(HttpClientResponse response, int maxBytes) {
        HttpClientRequest request = response.request();
        if (response.statusCode() / 100 != 2) {
            drop(response);
            return Future.failedFuture("the server answered " + response.statusCode());
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.handler(chunk -> {
            if (read.length() + chunk.length() > maxBytes) {
                whole.tryFail("the answer is larger than " + maxBytes + " bytes");
                request.reset();
            } else {
                read.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(read));
        return whole.future();
    }
}
