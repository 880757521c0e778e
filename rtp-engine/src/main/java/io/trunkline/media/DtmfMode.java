package io.trunkline.media;

/** How digits travel to the peer; whatever the mode, all that arrives is understood. */
public enum DtmfMode {
    RFC4733,
    INFO,
    INBAND
}
