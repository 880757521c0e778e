package io.trunkline.control.http;

import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What was said on the wire for a call, as far as it is still known. */
public interface CallTraces {
    /** Empty when nothing is known any more. */
    Future<List<TraceEntry>> of(String callId);

    /** As a ladder for people. */
    String ladder(List<TraceEntry> entries);

    /** As a capture file for Wireshark. */
    Buffer capture(List<TraceEntry> entries);
}
