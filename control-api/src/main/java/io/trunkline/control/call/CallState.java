package io.trunkline.control.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the machine knows of a call between two inputs.
 *
 * @param plan what was asked for; empty trunks in {@code untried} means nowhere left to go
 * @param untried trunks that may still be tried, in order
 * @param tariff what talk time costs
 * @param script what runs now
 * @param playing playbacks begun or queued and not yet finished
 * @param staged speech made ready, by the id it will be played under
 * @param company whom the call hears besides its script
 * @param recordings recordings begun and not yet completed or absent
 * @param guests streams and agents that take part, by id
 * @param end set once the call is ending: what {@code call.ended} will say
 * @param mediaUp the far side's first packet has come
 * @param afterBeep what a voicemail hears once its beep is over
 * @param answerTold {@code call.answered} has been emitted
 * @param answeredNanos the monotonic clock at the answer, 0 before
 */
record CallState(
        Phase phase,
        NewCall plan,
        CallSnapshot call,
        long seq,
        List<String> untried,
        Tariff tariff,
        ScriptState script,
        Map<String, Playing> playing,
        Map<String, Verb.Say> staged,
        Optional<Company> company,
        Set<String> recordings,
        Map<String, Guests.Place> guests,
        Optional<CallCause> end,
        boolean mediaUp,
        Optional<List<Verb>> afterBeep,
        boolean answerTold,
        long answeredNanos) {

    enum Phase {
        CREATED,
        CALLING,
        /** A call in that rings here. */
        OFFERED,
        TALKING,
        ENDING,
        ENDED
    }
}
