package io.trunkline.sip.jain;

import io.trunkline.sip.TraceEntry;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Source;
import io.trunkline.sip.wire.WireException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionState;

/** A request of a peer, with JAIN-SIP's server transaction unless it is an ACK. */
final class JainServerTx implements ServerTx {
    private final SipProvider provider;
    private final Optional<ServerTransaction> transaction;
    private final SipRequest request;
    private final Source source;
    private final String server;
    private final Supplier<TraceEntry> arrival;

    JainServerTx(
            SipProvider provider,
            Optional<ServerTransaction> transaction,
            SipRequest request,
            Source source,
            String server,
            Supplier<TraceEntry> arrival) {
        this.provider = provider;
        this.transaction = transaction;
        this.request = request;
        this.source = source;
        this.server = server;
        this.arrival = arrival;
    }

    @Override
    public SipRequest request() {
        return request;
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public TraceEntry arrival() {
        return arrival.get();
    }

    @Override
    public void respond(SipResponse response) throws WireException {
        if (transaction.isEmpty()) {
            return;
        }
        SipResponse full = response.code() == 100 ? response : response.with("Server", server);
        if (response.code() > 100 && response.code() < 300 && request.toTag().isEmpty()) {
            for (String route : request.headers().all("Record-Route")) {
                full = full.with("Record-Route", route); // unmodified and in order: RFC 3261 12.1.1
            }
        }
        try {
            ServerTransaction tx = transaction.get();
            if (TransactionState.TERMINATED.equals(tx.getState())) {
                provider.sendResponse(Messages.toJain(request, full)); // a 2xx repeated: RFC 3261 13.3.1.4
            } else {
                tx.sendResponse(Messages.toJain(request, full));
            }
        } catch (SipException | InvalidArgumentException | RuntimeException e) {
            throw new WireException("cannot answer " + source + ": " + e.getMessage(), false, e);
        }
    }
}
