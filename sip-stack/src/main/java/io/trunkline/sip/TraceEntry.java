package io.trunkline.sip;

import java.time.Instant;

/** One message on the wire, credentials masked. */
public record TraceEntry(Instant at, boolean sent, String transport, String local, String remote, String message) {}
