package io.trunkline.media;

/** Which way a tap listens and at what rate. */
public record TapSpec(boolean inbound, boolean outbound, int sampleRate) {}
