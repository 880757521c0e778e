package io.trunkline.control.speech;

import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.events.UrlGuard;
import io.trunkline.media.AudioSource;
import io.trunkline.media.AudioSources;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches audio by URL, through the guard, at most 10 MB. What was fetched stays for a minute, so that preparing it
 * while the phone rings and playing it at the answer is one request; the oldest goes when the memory bound is reached.
 */
public final class AudioFetcher {
    private static final int MAX_BYTES = 10 << 20;
    private static final int MAX_KEPT = 64 << 20;
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final GuardedHttp http;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private int keptBytes;

    private record Kept(Buffer audio, long atNanos) {}

    public AudioFetcher(Vertx vertx, UrlGuard guard) {
        this.http = new GuardedHttp(vertx, guard);
    }

    /** Blocks; for virtual threads. */
    AudioSource fetch(String url) throws IOException, InterruptedException {
        Buffer known = fresh(url);
        return AudioSources.bytes((known != null ? known : load(url)).getBytes());
    }

    private Buffer load(String url) throws IOException, InterruptedException {
        try {
            Buffer body = http.get(url, MAX_BYTES)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            keep(url, body);
            return body;
        } catch (ExecutionException e) {
            throw new IOException("cannot be fetched: " + e.getCause(), e);
        }
    }

    private synchronized @Nullable Buffer fresh(String url) {
        Kept there = kept.get(url);
        return there != null && System.nanoTime() - there.atNanos < FRESH_NANOS ? there.audio : null;
    }

    private synchronized void keep(String url, Buffer audio) {
        Kept before = kept.put(url, new Kept(audio, System.nanoTime()));
        keptBytes += audio.length() - (before == null ? 0 : before.audio.length());
        var oldest = kept.entrySet().iterator();
        while (keptBytes > MAX_KEPT && oldest.hasNext()) {
            keptBytes -= oldest.next().getValue().audio.length();
            oldest.remove();
        }
    }
}
