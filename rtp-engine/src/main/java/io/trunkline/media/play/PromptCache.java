package io.trunkline.media.play;

import io.trunkline.media.AudioSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Prompts by their source's key. When they take more room than allowed, those not asked for the longest go; calls that
 * still play one keep it alive themselves.
 */
public final class PromptCache {
    private static final int LONGEST_SECONDS = 600;

    private final long mostBytes;
    private final Map<String, Prompt> prompts = new LinkedHashMap<>(16, 0.75f, true);

    public PromptCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The shared prompt of a source with a key; empty for one that is played once. */
    public Optional<Prompt> find(AudioSource source) {
        return source.cacheKey().map(key -> find(key, source));
    }

    private synchronized Prompt find(String key, AudioSource source) {
        Prompt known = prompts.get(key);
        if (known != null && known.failure().isEmpty()) {
            return known;
        }
        Prompt fresh = new Prompt(source, LONGEST_SECONDS);
        prompts.put(key, fresh);
        evict();
        return fresh;
    }

    /** Renders ahead of time. */
    public CompletableFuture<Void> prepare(AudioSource source) {
        return find(source)
                .map(Prompt::render)
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new IllegalArgumentException("a source without a cache key cannot be prepared")));
    }

    synchronized int size() {
        return prompts.size();
    }

    private void evict() {
        long bytes = 0;
        for (Prompt prompt : prompts.values()) {
            bytes += prompt.bytes();
        }
        Iterator<Prompt> oldestFirst = prompts.values().iterator();
        while (bytes > mostBytes && prompts.size() > 1 && oldestFirst.hasNext()) {
            bytes -= oldestFirst.next().bytes();
            oldestFirst.remove();
        }
    }
}
