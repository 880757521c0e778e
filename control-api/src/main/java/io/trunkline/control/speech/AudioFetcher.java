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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * Fetches audio by URL, through the guard, at most 10 MB. What was fetched is good for a minute, so that preparing it
 * while the phone rings and playing it at the answer is one request; after that its server is asked whether it is still
 * the same, where it gave a tag. The oldest goes when the memory bound is reached.
 */
public final class AudioFetcher {
    private static final int MAX_BYTES = 10 << 20;
    private static final int MAX_KEPT = 64 << 20;
    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final GuardedHttp http;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private int keptBytes;

    private record Kept(Buffer audio, Optional<String> etag, long atNanos) {}

    public AudioFetcher(Vertx vertx, UrlGuard guard) {
        this(vertx, guard, System::nanoTime);
    }

    AudioFetcher(Vertx vertx, UrlGuard guard, LongSupplier nanos) {
        this.http = new GuardedHttp(vertx, guard);
        this.nanos = nanos;
    }

    /** Blocks; for virtual threads. */
    AudioSource fetch(String url) throws IOException, InterruptedException {
        Optional<Kept> known = known(url);
        boolean fresh = known.filter(there -> nanos.getAsLong() - there.atNanos < FRESH_NANOS)
                .isPresent();
        return AudioSources.bytes((fresh ? known.orElseThrow().audio : load(url, known)).getBytes());
    }

    private Buffer load(String url, Optional<Kept> known) throws IOException, InterruptedException {
        try {
            GuardedHttp.Answer answer = http.getUnless(known.flatMap(Kept::etag).orElse(""), url, MAX_BYTES)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            Buffer audio = answer.unchanged() ? known.orElseThrow().audio : answer.body();
            keep(url, audio, answer.unchanged() ? known.orElseThrow().etag : answer.etag());
            return audio;
        } catch (ExecutionException e) {
            throw new IOException("cannot be fetched: " + e.getCause(), e);
        }
    }

    private synchronized Optional<Kept> known(String url) {
        return Optional.ofNullable(kept.get(url));
    }

    private synchronized void keep(String url, Buffer audio, Optional<String> etag) {
        Kept before = kept.put(url, new Kept(audio, etag, nanos.getAsLong()));
        keptBytes += audio.length() - (before == null ? 0 : before.audio.length());
        var oldest = kept.entrySet().iterator();
        while (keptBytes > MAX_KEPT && oldest.hasNext()) {
            keptBytes -= oldest.next().getValue().audio.length();
            oldest.remove();
        }
    }
}
