package io.trunkline.sip.jain;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.trunkline.sip.wire.ClientTx;
import io.trunkline.sip.wire.Header;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.WireException;
import java.text.ParseException;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.message.Request;

/** A client transaction of JAIN-SIP's. */
final class JainClientTx implements ClientTx {
    private final SipProvider provider;
    private final SIPClientTransaction transaction;
    private final Hop hop;

    JainClientTx(SipProvider provider, SIPClientTransaction transaction, Hop hop) {
        this.provider = provider;
        this.transaction = transaction;
        this.hop = hop;
    }

    @Override
    public void cancel(Headers extra) throws WireException {
        try {
            Request cancel = transaction.createCancel();
            for (Header header : extra.list()) {
                cancel.addHeader(StringMsgParser.parseSIPHeader(header.name() + ": " + header.value()));
            }
            ((SIPRequest) cancel).setApplicationData(hop);
            provider.getNewClientTransaction(cancel).sendRequest();
        } catch (SipException | ParseException | RuntimeException e) {
            throw new WireException("cannot reach " + hop, false, e);
        }
    }

    @Override
    public void abandon() {
        try {
            transaction.setApplicationData(null);
            transaction.terminate();
        } catch (ObjectInUseException e) {
            // it is ending by itself
        }
    }
}
