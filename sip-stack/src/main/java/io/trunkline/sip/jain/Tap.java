package io.trunkline.sip.jain;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import io.trunkline.sip.TraceEntry;
import io.trunkline.sip.wire.Source;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import javax.sip.SipStack;

/** JAIN-SIP's message log, retransmissions included, turned into trace entries. */
final class Tap implements ServerLogger {
    private final TraceSink sink;

    Tap(TraceSink sink) {
        this.sink = sink;
    }

    /** A request that opens a call: when it was logged there was no call yet whose trace could take it. */
    static TraceEntry arrival(SIPMessage request, Source from) {
        String local = request.getLocalAddress().getHostAddress() + ":" + request.getLocalPort();
        String remote = from.address().getHostAddress() + ":" + from.port();
        String transport = from.transport().name().toLowerCase(Locale.ROOT);
        return new TraceEntry(Instant.now(), false, transport, local, remote, request.encode());
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        if (message.getCallId() == null || message.getTopmostVia() == null) {
            return;
        }
        String transport = message.getTopmostVia().getTransport().toLowerCase(Locale.ROOT);
        TraceEntry entry = new TraceEntry(
                Instant.now(), sender, transport, sender ? from : to, sender ? to : from, message.encode());
        sink.onMessage(message.getCallId().getCallId(), entry);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        logMessage(message, from, to, sender, time);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        logMessage(message, from, to, sender, 0);
    }

    @Override
    public void logException(Exception e) {}

    @Override
    public void closeLogFile() {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public void setSipStack(SipStack stack) {}
}
