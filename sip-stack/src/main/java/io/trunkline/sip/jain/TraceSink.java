package io.trunkline.sip.jain;

import io.trunkline.sip.TraceEntry;

/** Gets every message sent or received, with the Call-ID it belongs to. */
public interface TraceSink {
    void onMessage(String callId, TraceEntry entry);
}
