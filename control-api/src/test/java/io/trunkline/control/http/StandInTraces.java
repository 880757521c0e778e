package io.trunkline.control.http;

import io.trunkline.control.call.QualityLog;
import io.trunkline.media.LegStats;
import io.trunkline.sip.TraceEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;

/** One message for every call. */
final class StandInTraces implements CallTraces {
    @Override
    public Future<List<TraceEntry>> of(String callId) {
        return Future.succeededFuture(List.of(new TraceEntry(
                Instant.EPOCH, true, "UDP", "127.0.0.1:5060", "127.0.0.1:5070", "INVITE sip:1@127.0.0.1 SIP/2.0")));
    }

    @Override
    public List<QualityLog.Sample> quality(String callId) {
        return List.of(new QualityLog.Sample(Instant.EPOCH, new LegStats(100, 100, 0, 5, 0.01, 0, 2, -1, 4.2)));
    }

    @Override
    public String ladder(List<TraceEntry> entries) {
        return "-> INVITE";
    }

    @Override
    public Buffer capture(List<TraceEntry> entries) {
        return Buffer.buffer(new byte[] {1, 2, 3, 4});
    }
}
