package io.trunkline.sip.trace;

import io.trunkline.sip.TraceEntry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A trace as a page of text: an arrow for each message, then every message in full. */
public final class Ladder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private Ladder() {}

    public static String text(List<TraceEntry> entries) {
        StringBuilder text = new StringBuilder();
        for (TraceEntry entry : entries) {
            text.append(TIME.format(entry.at()))
                    .append(entry.sent() ? "  ──▶ " : "  ◀── ")
                    .append(entry.remote())
                    .append('/')
                    .append(entry.transport())
                    .append("  ")
                    .append(summary(entry.message()))
                    .append('\n');
        }
        for (TraceEntry entry : entries) {
            text.append("\n──── ")
                    .append(TIME.format(entry.at()))
                    .append(entry.sent() ? " to " : " from ")
                    .append(entry.remote())
                    .append('\n')
                    .append(entry.message().replace("\r\n", "\n"));
        }
        return text.toString();
    }

    /** {@code 200 OK (INVITE) +SDP}, or {@code INVITE sip:… +SDP}. */
    public static String summary(String message) {
        String first = message.lines().findFirst().orElse("");
        String sdp = message.contains("application/sdp") ? " +SDP" : "";
        if (!first.startsWith("SIP/2.0 ")) {
            return first.replace(" SIP/2.0", "") + sdp;
        }
        String method = message.lines()
                .filter(l -> l.regionMatches(true, 0, "CSeq:", 0, 5))
                .map(l -> l.replaceAll(".*\\s", ""))
                .findFirst()
                .orElse("?");
        return first.substring(8) + " (" + method + ")" + sdp;
    }
}
