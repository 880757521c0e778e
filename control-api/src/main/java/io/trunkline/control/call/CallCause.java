package io.trunkline.control.call;

import io.trunkline.sip.SipEnd;
import java.util.Optional;

/**
 * Why a call ended.
 *
 * @param code stable, lower case: {@code busy}, {@code hangup_remote}, {@code node_restarted} …
 * @param text for people: what happened and what to do
 */
public record CallCause(
        String code,
        SipEnd.Fault fault,
        Optional<Integer> sipStatus,
        Optional<String> sipReason,
        Optional<Integer> q850,
        String text) {}
