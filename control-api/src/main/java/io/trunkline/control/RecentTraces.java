package io.trunkline.control;

import io.trunkline.control.call.CallService;
import io.trunkline.control.call.QualityLog;
import io.trunkline.control.http.CallTraces;
import io.trunkline.control.store.TraceRows;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Traces of live calls, of those that ended lately, and of those that were worth keeping. */
record RecentTraces(CallService calls, TraceRows kept) implements CallTraces {
    @Override
    public Future<List<TraceEntry>> of(String callId) {
        List<TraceEntry> recent = calls.trace(callId);
        return recent.isEmpty() ? kept.of(callId) : Future.succeededFuture(recent);
    }

    @Override
    public List<QualityLog.Sample> quality(String callId) {
        return calls.quality(callId);
    }

    @Override
    public String ladder(List<TraceEntry> entries) {
        return TraceEntry.text(entries);
    }

    @Override
    public Buffer capture(List<TraceEntry> entries) {
        return Buffer.buffer(TraceEntry.pcap(entries));
    }
}
