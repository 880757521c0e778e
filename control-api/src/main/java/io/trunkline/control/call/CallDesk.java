package io.trunkline.control.call;

import io.trunkline.media.MediaEngine;
import io.trunkline.sip.SipStack;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What every call works with; made once in Wiring.
 *
 * @param mailboxes the thread that owns a call, by its id
 * @param nanos the monotonic clock
 */
public record CallDesk(
        MediaEngine media,
        SipStack sip,
        CallStore store,
        TrunkDirectory trunks,
        AudioLibrary audio,
        ScriptSource scripts,
        LiveParties parties,
        Admission admission,
        CallTimers timers,
        Function<String, Executor> mailboxes,
        Clock clock,
        LongSupplier nanos,
        String node) {}
