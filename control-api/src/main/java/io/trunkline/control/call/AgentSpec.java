package io.trunkline.control.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An AI agent that somebody asked for: it listens and speaks in the call through a server of the OpenAI Realtime
 * protocol.
 *
 * @param url the server's WebSocket; empty: the configured one
 * @param greeting said first, by the agent; empty: the callee speaks first
 * @param toolUrl where tools without a URL of their own are called
 * @param transferTo where the agent may transfer the call to, and nowhere else
 * @param localTurns our own ear, not the server's, tells when the callee begins and ends
 * @param speechEvents the callee's speech stands in the call's log
 * @param bargeIn the callee may interrupt
 * @param silence the call ends after so long without a word of either side
 * @param longest the agent ends after so long
 * @param fallback spoken by us when the agent's server fails
 * @param beta the protocol's names before its general release
 * @param encoding {@code mulaw}, {@code alaw} or {@code l16}
 * @param session what else goes into the session as it is
 * @param webhook the agent is this webhook, and no Realtime server
 */
public record AgentSpec(
        Optional<String> url,
        Optional<String> model,
        Optional<String> apiKey,
        String instructions,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> greeting,
        List<Tool> tools,
        Optional<String> toolUrl,
        List<String> transferTo,
        boolean bargeIn,
        boolean localTurns,
        boolean speechEvents,
        Optional<Duration> silence,
        Optional<Duration> longest,
        Optional<String> fallback,
        boolean beta,
        Optional<String> encoding,
        Map<String, String> headers,
        Map<String, Object> session,
        Optional<Webhook> webhook) {

    /**
     * Text in, text out, instead of a server of the Realtime protocol.
     *
     * @param transcription what makes text of the callee's words; empty: only keys are heard
     */
    public record Webhook(String url, Optional<Transcription> transcription) {}

    /** A server of OpenAI's transcription interface. */
    public record Transcription(String url, Optional<String> model, Optional<String> apiKey) {
        @Override
        public String toString() {
            return "Transcription[" + url + "]";
        }
    }

    /**
     * Something that the agent may do.
     *
     * @param parameters its JSON schema
     * @param url empty: the agent's
     * @param builtIn ours: done to the call, not asked of a webhook
     */
    public record Tool(
            String name, String description, Map<String, Object> parameters, Optional<String> url, boolean builtIn) {}

    public AgentSpec {
        tools = List.copyOf(tools);
        transferTo = List.copyOf(transferTo);
        headers = Map.copyOf(headers);
    }

    /** Keys stay out of every log. */
    @Override
    public String toString() {
        return "AgentSpec[" + url.orElse("") + " " + model.orElse("") + "]";
    }
}
