package io.trunkline.media;

/** How a digit reached us. */
public enum DtmfMethod {
    RFC4733,
    INBAND,
    INFO
}
