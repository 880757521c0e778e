package io.trunkline.control.agent;

import java.util.Optional;

/**
 * The installation's own agent server.
 *
 * @param key goes to {@code url} alone, never to a server that a request names
 */
public record AgentDefaults(Optional<String> url, Optional<String> key, Optional<String> model) {
    @Override
    public String toString() {
        return "AgentDefaults[" + url.orElse("") + "]";
    }
}
