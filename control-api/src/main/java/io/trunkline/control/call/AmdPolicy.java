package io.trunkline.control.call;

import io.trunkline.media.AmdSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a verdict does to the call.
 *
 * @param hold wait for the verdict before the program starts
 * @param onHuman replaces the program; empty list hangs up; absent continues
 */
public record AmdPolicy(
        AmdSpec spec,
        boolean hold,
        Optional<List<Verb>> onHuman,
        Optional<List<Verb>> onMachine,
        boolean waitForBeep) {}
