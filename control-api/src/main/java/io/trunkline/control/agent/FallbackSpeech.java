package io.trunkline.control.agent;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.Verb;
import java.util.Optional;

/** What we say ourselves when an agent's server fails. */
final class FallbackSpeech {
    private FallbackSpeech() {}

    static Verb.Say saying(String text, AgentSpec spec) {
        return new Verb.Say(Ids.next("play"), text, Optional.empty(), spec.language(), 1, 1);
    }
}
