package io.trunkline.media;

/** What a leg offers and what it accepts. Nothing but OFF and OPTIONAL ever falls back to plain RTP. */
public enum SrtpPolicy {
    OFF,
    OPTIONAL,
    SDES,
    DTLS
}
