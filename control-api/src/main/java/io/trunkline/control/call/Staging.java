package io.trunkline.control.call;

import java.util.List;
import java.util.Map;

/** Speech made ready by a command and spoken by another: a few at a time, each once. */
final class Staging {
    private static final int MOST = 50;

    private Staging() {}

    static void stage(Turn turn, Verb.Say say) {
        if (turn.staged().size() >= MOST) {
            throw CallRefused.of(409, "conflict", "This call has " + MOST + " texts prepared: commit some first.");
        }
        turn.staged().put(say.playId(), say);
        turn.act(new CallAction.Prepare(List.of(say)));
    }

    static Verb.Say take(Turn turn, String playId) {
        Map<String, Verb.Say> staged = turn.staged();
        Verb.Say say = staged.remove(playId);
        if (say == null) {
            throw CallRefused.of(404, "not_found", "Nothing is prepared under " + playId + ".");
        }
        return say;
    }
}
