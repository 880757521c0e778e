package io.trunkline.sip;

import io.trunkline.sip.trace.Ladder;
import io.trunkline.sip.trace.Pcap;
import java.time.Instant;
import java.util.List;

/** One message on the wire, credentials masked. */
public record TraceEntry(Instant at, boolean sent, String transport, String local, String remote, String message) {
    /** {@code 200 OK (INVITE) +SDP}: a message in a few words. */
    public String summary() {
        return Ladder.summary(message);
    }

    /** A ladder of arrows, then every message in full. */
    public static String text(List<TraceEntry> entries) {
        return Ladder.text(entries);
    }

    /** A capture file for Wireshark. */
    public static byte[] pcap(List<TraceEntry> entries) {
        return Pcap.file(entries);
    }
}
