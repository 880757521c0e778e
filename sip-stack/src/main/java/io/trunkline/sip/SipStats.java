package io.trunkline.sip;

/** The stack at a glance: after the last call all but the totals are zero. */
public record SipStats(
        int dialogs,
        int transactions,
        int timers,
        long invitesSent,
        long invitesReceived,
        long strangersIgnored,
        long parseErrors) {}
