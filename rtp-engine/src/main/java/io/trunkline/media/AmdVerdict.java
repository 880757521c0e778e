package io.trunkline.media;

/** What answered. */
public enum AmdVerdict {
    HUMAN,
    MACHINE,
    SCREENER,
    FAX,
    TONE,
    SILENCE,
    UNKNOWN
}
