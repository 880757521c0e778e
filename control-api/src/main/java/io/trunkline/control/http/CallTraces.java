package io.trunkline.control.http;

import io.trunkline.control.call.QualityLog;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What went over the wire for a call, signalling and sound, as far as it is still known. */
public interface CallTraces {
    /** Empty when nothing is known any more. */
    Future<List<TraceEntry>> of(String callId);

    /** How the line sounded over time; empty when nothing is known any more. */
    List<QualityLog.Sample> quality(String callId);

    /** As a ladder for people. */
    String ladder(List<TraceEntry> entries);

    /** As a capture file for Wireshark. */
    Buffer capture(List<TraceEntry> entries);
}
