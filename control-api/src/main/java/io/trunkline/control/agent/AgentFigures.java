package io.trunkline.control.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What an agent cost and how quick it was; counted on its context, read by anyone. */
final class AgentFigures {
    private final long begun = System.nanoTime();
    private final AtomicLong firstAudioMs = new AtomicLong(-1);
    private final AtomicLong inputTokens = new AtomicLong();
    private final AtomicLong outputTokens = new AtomicLong();
    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong replyMsTotal = new AtomicLong();
    private final AtomicLong replyMsMost = new AtomicLong();
    private final AtomicLong interruptions = new AtomicLong();
    private final AtomicLong toolCalls = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private long userStoppedNanos;

    void onUserStopped(long nowNanos) {
        userStoppedNanos = nowNanos;
    }

    /** Sound of the agent's: the first ever, or the first since the callee finished, ends a wait. */
    void onAudio(long nowNanos) {
        firstAudioMs.compareAndSet(-1, TimeUnit.NANOSECONDS.toMillis(nowNanos - begun));
        if (userStoppedNanos != 0) {
            long waited = TimeUnit.NANOSECONDS.toMillis(nowNanos - userStoppedNanos);
            userStoppedNanos = 0;
            replies.incrementAndGet();
            replyMsTotal.addAndGet(waited);
            replyMsMost.accumulateAndGet(waited, Math::max);
        }
    }

    void onTokens(long input, long output) {
        inputTokens.addAndGet(input);
        outputTokens.addAndGet(output);
    }

    void onInterruption() {
        interruptions.incrementAndGet();
    }

    void onToolCall() {
        toolCalls.incrementAndGet();
    }

    void onReconnected() {
        reconnects.incrementAndGet();
    }

    void onError() {
        errors.incrementAndGet();
    }

    Map<String, Object> describe() {
        Map<String, Object> data = new HashMap<>();
        data.put("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        if (firstAudioMs.get() >= 0) {
            data.put("first_audio_ms", firstAudioMs.get());
        }
        data.put("replies", replies.get());
        if (replies.get() > 0) {
            data.put("reply_ms_average", replyMsTotal.get() / replies.get());
            data.put("reply_ms_most", replyMsMost.get());
        }
        data.put("interruptions", interruptions.get());
        data.put("tool_calls", toolCalls.get());
        data.put("input_tokens", inputTokens.get());
        data.put("output_tokens", outputTokens.get());
        data.put("reconnects", reconnects.get());
        data.put("errors", errors.get());
        return data;
    }
}
