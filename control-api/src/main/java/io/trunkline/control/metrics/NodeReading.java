package io.trunkline.control.metrics;

import io.trunkline.media.MediaStats;
import io.trunkline.sip.SipStats;

/** A node at one moment. */
public record NodeReading(
        int calls,
        int held,
        int callTimers,
        int backlog,
        long journaledBytes,
        int feeds,
        SipStats sip,
        MediaStats media) {}
