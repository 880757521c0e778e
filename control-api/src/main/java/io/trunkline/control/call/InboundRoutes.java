package io.trunkline.control.call;

import io.trunkline.sip.SipEvent;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where a call in goes: the number's script, or nowhere. */
public interface InboundRoutes {
    /** Empty when no number matches: the call is refused with 404. */
    CompletionStage<Optional<NewCall>> find(SipEvent.Incoming invite, String callId);
}
