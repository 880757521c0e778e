package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.control.events.FetchPolicy;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.media.AudioSink;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AudioFetcherTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final AudioFetcher fetcher =
            new AudioFetcher(vertx, new UrlGuard(vertx, FetchPolicy.loopback()), nanos::get);
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile short sample = 1000;
    private volatile String etag = "\"one\"";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prompt.wav", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean same =
                !etag.isEmpty() && etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        answered.add(same ? "304" : "200");
        if (!etag.isEmpty()) {
            exchange.getResponseHeaders().add("ETag", etag);
        }
        byte[] wav = wav();
        exchange.sendResponseHeaders(same ? 304 : 200, same ? -1 : wav.length);
        if (!same) {
            exchange.getResponseBody().write(wav);
        }
        exchange.close();
    }

    private byte[] wav() throws IOException {
        WavSink wav = new WavSink();
        wav.start(8000);
        short[] samples = new short[800];
        Arrays.fill(samples, sample);
        wav.write(samples, 0, samples.length);
        return wav.bytes();
    }

    @Test
    void withinAMinuteItIsAskedForOnce() throws Exception {
        assertThat(middle()).isEqualTo(1000);
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(middle()).isEqualTo(1000);
        assertThat(answered).containsExactly("200");
    }

    @Test
    void laterItsServerSaysWhetherItIsStillTheSame() throws Exception {
        assertThat(middle()).isEqualTo(1000);
        later();
        assertThat(middle()).isEqualTo(1000);
        etag = "\"two\"";
        sample = 2000;
        later();
        assertThat(middle()).isEqualTo(2000);
        later();
        assertThat(middle()).isEqualTo(2000);
        assertThat(answered).containsExactly("200", "304", "200", "304");
    }

    @Test
    void withoutATagItIsFetchedAgain() throws Exception {
        etag = "";
        assertThat(middle()).isEqualTo(1000);
        later();
        assertThat(middle()).isEqualTo(1000);
        assertThat(answered).containsExactly("200", "200");
    }

    @Test
    void whatCannotBeFetchedIsTold() {
        assertThatThrownBy(() -> fetcher.fetch(url().replace("prompt", "gone"))).hasMessageContaining("404");
    }

    private void later() {
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/prompt.wav";
    }

    private int middle() throws Exception {
        List<Integer> heard = new ArrayList<>();
        fetcher.fetch(url()).writeTo(new AudioSink() {
            @Override
            public void start(int sampleRate) {}

            @Override
            public void write(short[] samples, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    heard.add((int) samples[offset + i]);
                }
            }
        });
        return heard.get(heard.size() / 2);
    }
}
