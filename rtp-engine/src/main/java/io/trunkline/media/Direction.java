package io.trunkline.media;

/** RFC 3264 section 5.1, seen from us. */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE
}
