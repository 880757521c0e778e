package io.trunkline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.ClientTx;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.Inbox;
import io.trunkline.sip.wire.Replies;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.Wire;
import io.trunkline.sip.wire.WireException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.ClientTransaction;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipProvider;

/** The wire over JAIN-SIP: listening points, transactions, nothing of dialogs. */
public final class JainWire implements Wire, AutoCloseable {
    private final String userAgent;
    private final LongAdder turnedAway = new LongAdder();
    private final TlsSide tls;
    private final Engine engine;
    private final Listening listening;

    private JainWire(SipConfig config, Door door, TraceSink trace) throws PeerUnavailableException {
        this.userAgent = config.userAgent();
        this.tls = new TlsSide(config.tlsPort() == 0 ? Optional.empty() : config.certificate(), door);
        Sockets sockets = new Sockets(door, turnedAway, config.connectTimeout(), tls);
        this.engine = new Engine(config, sockets, new Tap(trace), new PlainRouter());
        this.listening = new Listening(engine, config);
    }

    /** Opens the listening points and starts to receive. */
    public static JainWire open(SipConfig config, Door door, TraceSink trace, Inbox inbox) throws IOException {
        if (config.tlsPort() != 0 && config.certificate().isEmpty()) {
            throw new IOException("a TLS port needs a certificate");
        }
        try {
            JainWire wire = new JainWire(config, door, trace);
            try {
                wire.listening.open(new Events(inbox, wire.tls, wire.listening.mappings(), wire.userAgent));
            } catch (IOException | RuntimeException e) {
                wire.close();
                throw e;
            }
            return wire;
        } catch (PeerUnavailableException e) {
            throw new IOException("the SIP stack did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public ClientTx send(SipRequest request, Hop hop, Replies replies) throws WireException {
        SipProvider provider = listening.provider(hop);
        SIPRequest message = prepare(request, hop);
        ClientTransaction transaction = null;
        try {
            transaction = provider.getNewClientTransaction(message);
            transaction.setApplicationData(replies);
            transaction.sendRequest();
            return new JainClientTx(provider, (SIPClientTransaction) transaction, hop);
        } catch (SipException | RuntimeException e) {
            if (transaction != null) {
                // JAIN-SIP keeps the transaction of a request whose connection failed (its issue 8)
                engine.removeTransaction((SIPClientTransaction) transaction);
            }
            throw failure(hop, e);
        }
    }

    @Override
    public void sendAlone(SipRequest request, Hop hop) throws WireException {
        try {
            listening.provider(hop).sendRequest(prepare(request, hop));
        } catch (SipException | RuntimeException e) {
            throw failure(hop, e);
        }
    }

    private SIPRequest prepare(SipRequest request, Hop hop) throws WireException {
        if (hop.transport() == Transport.TLS) {
            tls.expect(hop);
        }
        String via = "SIP/2.0/" + hop.transport() + " " + listening.hostPort(hop) + ";branch=z9hG4bK"
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ";rport";
        String agent = request.method().equals("ACK") ? "" : userAgent;
        SIPRequest message = Messages.toJain(
                agent.isEmpty() ? request : request.with(io.trunkline.sip.wire.Headers.NONE.with("User-Agent", agent)),
                via);
        message.setApplicationData(hop);
        return message;
    }

    private WireException failure(Hop hop, Exception e) {
        if (e.getCause() instanceof WireException already) {
            return already;
        }
        Optional<String> handshake = hop.transport() == Transport.TLS ? tls.failure(hop) : Optional.empty();
        return handshake
                .map(why -> new WireException("TLS with " + hop.name() + " failed: " + why, true, e))
                .orElseGet(() -> new WireException("cannot reach " + hop.name() + " (" + hop + ")", false, e));
    }

    @Override
    public String contactHostPort(Hop hop) {
        String parameter = hop.transport() == Transport.UDP
                ? ""
                : ";transport=" + hop.transport().name().toLowerCase(Locale.ROOT);
        return listening.hostPort(hop) + parameter;
    }

    @Override
    public String localHost(Hop hop) {
        return listening.host(hop);
    }

    @Override
    public boolean refuses(Hop hop) {
        return hop.transport() == Transport.UDP && UdpKnock.refused(hop);
    }

    @Override
    public void keepAlive(Hop hop) throws WireException {
        listening.keepAlive(hop);
    }

    public int transactions() {
        return engine.getClientTransactionTableSize() + engine.getServerTransactionTableSize();
    }

    public long strangers() {
        return turnedAway.sum();
    }

    public long parseErrors() {
        return engine.parseErrors.sum();
    }

    @Override
    public void close() {
        // JAIN-SIP sleeps a second once everything is closed; an interrupt spares it
        boolean interrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        engine.stop();
        if (Thread.interrupted() && interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
