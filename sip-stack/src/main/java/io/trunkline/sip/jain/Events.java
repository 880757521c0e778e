package io.trunkline.sip.jain;

import gov.nist.javax.sip.RequestEventExt;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Inbox;
import io.trunkline.sip.wire.Replies;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Source;
import io.trunkline.sip.wire.WireException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAIN-SIP's events, made ours and handed off at once. */
final class Events implements SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Inbox inbox;
    private final TlsSide tls;
    private final Mappings mappings;
    private final String server;

    Events(Inbox inbox, TlsSide tls, Mappings mappings, String server) {
        this.inbox = inbox;
        this.tls = tls;
        this.mappings = mappings;
        this.server = server;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest message = (SIPRequest) event.getRequest();
        SipProvider provider = (SipProvider) event.getSource();
        try {
            SipRequest request = Messages.request(message); // first: what cannot be read gets no transaction
            Source source = source(event, message);
            switch (inbox.judge(request, source)) {
                case Inbox.Verdict.Take take -> {
                    Optional<ServerTransaction> transaction = transaction(event, message, provider);
                    inbox.onRequest(new JainServerTx(
                            provider, transaction, request, source, server, () -> Tap.arrival(message, source)));
                }
                case Inbox.Verdict.Ignore ignore -> LOG.trace("ignored");
                case Inbox.Verdict.Refuse(SipResponse response) -> refuse(provider, request, response);
            }
        } catch (TransactionAlreadyExistsException e) {
            LOG.trace("a retransmission"); // its transaction has answered it
        } catch (TransactionUnavailableException | RuntimeException e) {
            LOG.debug("a request was not taken", e);
        }
    }

    /** RFC 3261 8.2.7: without state, the same tag for the same request. */
    private void refuse(SipProvider provider, SipRequest request, SipResponse response) {
        if (request.method().equals("ACK")) {
            return;
        }
        String tag = Integer.toHexString(request.branch().hashCode());
        SipResponse full =
                response.with("Server", server).with("To", request.header("To").orElse("") + ";tag=" + tag);
        try {
            provider.sendResponse(Messages.toJain(request, full));
        } catch (SipException | WireException e) {
            LOG.debug("a refusal did not leave: {}", e.getMessage());
        }
    }

    private static Optional<ServerTransaction> transaction(RequestEvent event, SIPRequest message, SipProvider provider)
            throws TransactionAlreadyExistsException, TransactionUnavailableException {
        if (message.getMethod().equals("ACK")) {
            return Optional.empty();
        }
        ServerTransaction existing = event.getServerTransaction();
        return Optional.of(existing != null ? existing : provider.getNewServerTransaction(message));
    }

    private Source source(RequestEvent event, SIPRequest message) {
        InetAddress packet = message.getPeerPacketSourceAddress();
        InetAddress address = packet != null ? packet : message.getRemoteAddress();
        int port = packet != null ? message.getPeerPacketSourcePort() : ((RequestEventExt) event).getRemotePort();
        String transport = message.getTopmostVia().getTransport().toUpperCase(Locale.ROOT);
        Transport used = Transport.valueOf(transport);
        Optional<String> trunk = used == Transport.TLS ? tls.caller(address, port) : Optional.empty();
        return new Source(address, port, used, trunk);
    }

    @Override
    public void processResponse(ResponseEvent event) {
        SIPResponse message = (SIPResponse) event.getResponse();
        learn(message);
        ClientTransaction transaction = event.getClientTransaction();
        if (transaction == null) {
            inbox.onStray(Messages.response(message));
        } else if (transaction.getApplicationData() instanceof Replies replies) {
            replies.onResponse(Messages.response(message));
        }
    }

    private void learn(SIPResponse message) {
        Via via = message.getTopmostVia();
        InetAddress peer = message.getRemoteAddress();
        if (peer != null
                && via != null
                && via.getReceived() != null
                && via.getTransport().equalsIgnoreCase("UDP")) {
            mappings.learn(peer, via.getReceived(), via.getRPort());
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()
                && event.getClientTransaction().getApplicationData() instanceof Replies replies) {
            replies.onTimeout();
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        LOG.debug("transport trouble with {}:{}/{}", event.getHost(), event.getPort(), event.getTransport());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
