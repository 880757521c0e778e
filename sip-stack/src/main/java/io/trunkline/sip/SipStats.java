package io.trunkline.sip;

/**
 * The stack at a glance: after the last call all but the totals are zero.
 *
 * @param strangersIgnored datagrams, connections and requests of those who are no trunk
 * @param banned addresses that are banned now
 * @param overloadRefused calls in that were turned away so that the others go on well
 */
public record SipStats(
        int dialogs,
        int transactions,
        int timers,
        long invitesSent,
        long invitesReceived,
        long strangersIgnored,
        long parseErrors,
        int banned,
        long overloadRefused) {}
