package io.trunkline.control.call;

/** The timers a call can have, one of each at most. */
enum CallTimer {
    /** A call that only rings has rung enough. */
    RING_ONLY,
    /** The script starts now even if the callee has sent no media yet. */
    MEDIA_GRACE,
    MAX_DURATION,
    /** No verdict yet: a prompt keeps the person there. */
    COMFORT,
    /** The greeting is over and no beep came: speak all the same. */
    BEEP,
    /** A pause, or digits being sent, is over. */
    VERB,
    /** No further digit came. */
    GATHER,
    /** Media did not close in time: the end is told without it. */
    ENDING,
    /** Recordings did not finish in time: the call is retired without them. */
    RETIRE
}
