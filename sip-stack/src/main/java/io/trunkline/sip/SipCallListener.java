package io.trunkline.sip;

/** Told on the call's SIP worker, in order: implementations enqueue and return. */
public interface SipCallListener {
    void onSipEvent(SipCall call, SipEvent event);
}
