package io.trunkline.control.sandbox;

import io.trunkline.control.call.AudioLibrary;
import io.trunkline.control.call.CallTimers;
import io.trunkline.media.MediaEngine;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The carrier in the box: its own SIP stack beside the switch's, real packets between the two. */
public final class SandboxCarrier implements AutoCloseable {
    /** The id of the switch's trunk to us. */
    public static final String TRUNK = "sandbox";

    /** More calls at once than a laptop's test suite makes; past it the carrier is out of channels (503). */
    private static final int MAX_CALLS = 2_000;

    private final SipStack sip;
    private final Parts parts;
    private final Function<String, Executor> contexts;
    private final AtomicInteger calls = new AtomicInteger();

    /** What a phone is made of. */
    record Parts(MediaEngine media, AudioLibrary audio, CallTimers timers, InetAddress address, Runnable ended) {}

    private SandboxCarrier(
            SipConfig config,
            Trunk.Host theSwitch,
            MediaEngine media,
            AudioLibrary audio,
            CallTimers timers,
            Function<String, Executor> contexts) {
        this.contexts = contexts;
        this.parts = new Parts(media, audio, timers, InetAddress.getLoopbackAddress(), calls::decrementAndGet);
        this.sip = SipStack.start(config, this::onIncoming, _ -> {});
        this.sip.setTrunks(List.of(Trunk.peer("switch", theSwitch)
                .edit()
                .allowFrom(List.of(theSwitch.host() + ":" + theSwitch.port()))
                .build()));
    }

    /** Starts on {@code config}'s port; takes calls from {@code theSwitch}'s socket alone. */
    public static SandboxCarrier start(
            SipConfig config,
            Trunk.Host theSwitch,
            MediaEngine media,
            AudioLibrary audio,
            CallTimers timers,
            Function<String, Executor> contexts) {
        return new SandboxCarrier(config, theSwitch, media, audio, timers, contexts);
    }

    private SipCallListener onIncoming(SipCall sipCall, SipEvent.Incoming invite) {
        SandboxCall call = new SandboxCall(parts, contexts.apply(sipCall.callId()), sipCall, invite);
        if (calls.incrementAndGet() > MAX_CALLS) {
            sipCall.reject(503, "No Channel Free");
        } else {
            call.start();
        }
        return call;
    }

    /** True for the numbers that stay the sandbox's when another trunk matches too. */
    public static boolean owns(String number) {
        return number.startsWith(SandboxNumber.PREFIX) && number.length() == SandboxNumber.PREFIX.length() + 2;
    }

    @Override
    public void close() {
        sip.close();
    }
}
