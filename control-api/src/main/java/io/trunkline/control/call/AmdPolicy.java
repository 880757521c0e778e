package io.trunkline.control.call;

import io.trunkline.media.AmdSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a verdict does to the call.
 *
 * @param hold wait for the verdict before the program starts
 * @param onHuman replaces the program; absent continues with it
 * @param waitForBeep what is for a machine is said after its beep, or when its greeting is over and none came
 */
public record AmdPolicy(
        AmdSpec spec,
        boolean hold,
        Optional<List<Verb>> onHuman,
        Optional<List<Verb>> onMachine,
        boolean waitForBeep,
        Optional<Comfort> comfort) {

    /** Said once while the program is held and no verdict has come, lest a person hears a dead line. */
    public record Comfort(Duration after, Verb prompt) {}
}
