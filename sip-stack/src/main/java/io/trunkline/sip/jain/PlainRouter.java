package io.trunkline.sip.jain;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.HopImpl;
import io.trunkline.sip.wire.Hop;
import java.util.Collections;
import java.util.ListIterator;
import java.util.Locale;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** Sends a request where its hop says: the choice has been made before JAIN-SIP sees it. */
final class PlainRouter implements Router {
    @Override
    public javax.sip.address.@Nullable Hop getNextHop(Request request) {
        if (((SIPMessage) request).getApplicationData() instanceof Hop hop) {
            String address = hop.address().getHostAddress();
            String host = address.indexOf(':') >= 0 ? "[" + address.split("%", 2)[0] + "]" : address;
            return new HopImpl(host, hop.port(), hop.transport().name().toLowerCase(Locale.ROOT));
        }
        return null;
    }

    @Override
    @Deprecated
    @SuppressWarnings({"deprecation", "InlineMeSuggester"})
    public ListIterator<?> getNextHops(Request request) {
        return Collections.emptyListIterator();
    }

    @Override
    public javax.sip.address.@Nullable Hop getOutboundProxy() {
        return null;
    }
}
