package io.trunkline.control.call;

import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what happens to a call in while its route is looked up and its first event is stored; then hands it on. */
final class IncomingCall implements SipCallListener {
    private final List<SipEvent> kept = new ArrayList<>();
    private @Nullable Call call;

    @Override
    public synchronized void onSipEvent(SipCall sip, SipEvent event) {
        if (call != null) {
            call.onSipEvent(sip, event);
        } else {
            kept.add(event);
        }
    }

    synchronized void becomes(Call owner) {
        call = owner;
        kept.forEach(event -> owner.post(new CallInput.Sip(event)));
        kept.clear();
    }
}
