package io.trunkline.control.call;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks a user's server what a call should do next; failures say why in words. */
public interface ScriptSource {
    CompletionStage<List<Verb>> fetch(Verb.Redirect where, CallSnapshot call);
}
