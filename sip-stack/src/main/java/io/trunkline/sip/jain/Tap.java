package io.trunkline.sip.jain;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import io.trunkline.sip.TraceEntry;
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
