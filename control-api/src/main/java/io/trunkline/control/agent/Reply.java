package io.trunkline.control.agent;

import io.trunkline.control.Ids;
import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.Verb;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a text agent's webhook answers: words, and what is to be done when they have been heard.
 *
 * @param refused what it wanted and may not
 */
record Reply(String text, Optional<Verb> then, Optional<String> refused) {
    /** What a voice can say in some minutes. */
    private static final int LONGEST_TEXT = 4096;

    /** JSON with {@code text}, or else plain text. */
    static Reply of(String body, AgentSpec spec) {
        String plain = body.strip();
        if (!plain.startsWith("{")) {
            return new Reply(bounded(plain), Optional.empty(), Optional.empty());
        }
        JsonObject json = Read.json(plain);
        String text = bounded(Read.text(json, "text").strip());
        String to = Read.text(json, "transfer");
        String digits = Read.text(json, "send_dtmf");
        if (!to.isEmpty()) {
            // A program that repeats what callers say can be talked into anything: only where its owner lets it.
            return spec.transferTo().contains(to)
                    ? doing(text, new Verb.Transfer(Ids.next("call"), to, true))
                    : refusing(text, "transfer to a number that is not in transfer_to");
        }
        if (!digits.isEmpty()) {
            return digits.matches("[0-9A-D*#w]{1,64}")
                    ? doing(text, new Verb.SendDigits(digits))
                    : refusing(text, "digits that no telephone has");
        }
        return Boolean.TRUE.equals(json.getValue("hang_up"))
                ? doing(text, new Verb.Hangup())
                : new Reply(text, Optional.empty(), Optional.empty());
    }

    private static Reply doing(String text, Verb verb) {
        return new Reply(text, Optional.of(verb), Optional.empty());
    }

    private static Reply refusing(String text, String what) {
        return new Reply(text, Optional.empty(), Optional.of(what));
    }

    private static String bounded(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
