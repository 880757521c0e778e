package io.trunkline.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Tells what happens on the call. On a terminal the last line lives: it counts the seconds and shows how far playback
 * is; piped, every event is one plain line.
 */
final class CallScreen {
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean live;
    private Instant begun = Instant.EPOCH;
    private String doing = "";
    private Instant doingSince = Instant.EPOCH;
    private long playbackMillis;

    CallScreen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    synchronized void event(JsonNode event) {
        Instant at = Instant.parse(event.path("occurred_at").asText());
        if (begun.equals(Instant.EPOCH)) {
            begun = at;
        }
        String text = EventText.of(event);
        if (!text.isEmpty()) {
            line(stamp(at) + "  " + text);
        }
        switch (event.path("type").asText()) {
            case "call.dialing", "call.ringing", "call.answered", "call.early_media" -> now("on the line", at, 0);
            case "playback.started" ->
                now("playing", at, event.path("data").path("duration_ms").asLong());
            case "playback.finished" -> now("on the line", at, 0);
            case "call.ended" -> now("", at, 0);
            default -> {}
        }
    }

    /** Called a few times a second. */
    synchronized void tick(Instant now) {
        if (live && !doing.isEmpty()) {
            out.print("\r\u001b[K" + stamp(now) + "  " + doing + progress(Duration.between(doingSince, now)));
            out.flush();
        }
    }

    synchronized void line(String text) {
        out.println((live ? "\r\u001b[K" : "") + text);
        out.flush();
    }

    private void now(String what, Instant at, long lasting) {
        doing = what;
        doingSince = at;
        playbackMillis = lasting;
    }

    private String progress(Duration sofar) {
        if (!doing.equals("playing") || playbackMillis <= 0) {
            return "";
        }
        int done = Math.clamp(sofar.toMillis() * BAR / playbackMillis, 0, BAR);
        return String.format(
                Locale.ROOT, " [%s%s] %.1f s", "#".repeat(done), "-".repeat(BAR - done), playbackMillis / 1000.0);
    }

    private String stamp(Instant at) {
        Duration since = Duration.between(begun.equals(Instant.EPOCH) ? at : begun, at);
        return String.format(Locale.ROOT, "%6.1f s", Math.max(0, since.toMillis()) / 1000.0);
    }
}
