package io.trunkline.control.agent;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.stream.Pulse;
import io.trunkline.control.stream.SocketDialer;
import io.trunkline.media.AudioSource;
import io.trunkline.media.MediaSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings agents into calls. Any thread may call it. */
public final class AgentService {
    private final Vertx vertx;
    private final Pulse pulse;
    private final SocketDialer dialer;
    private final GuardedHttp http;
    private final Function<String, Future<List<String>>> secrets;
    private final AgentDefaults defaults;
    private final Function<Verb.Say, AudioSource> voice;
    private final Clock clock;

    /**
     * @param secrets an application's signing secrets, by its id
     * @param voice what speaks for agents that answer in text
     */
    public AgentService(
            Vertx vertx,
            Pulse pulse,
            SocketDialer dialer,
            GuardedHttp http,
            Function<String, Future<List<String>>> secrets,
            AgentDefaults defaults,
            Function<Verb.Say, AudioSource> voice,
            Clock clock) {
        this.vertx = vertx;
        this.pulse = pulse;
        this.dialer = dialer;
        this.http = http;
        this.secrets = secrets;
        this.defaults = defaults;
        this.voice = voice;
        this.clock = clock;
    }

    public LiveParty open(CallSnapshot call, MediaSession leg, Verb.Agent agent, Consumer<LiveEvent> events) {
        AgentSpec spec = agent.spec();
        JsonObject about = new JsonObject()
                .put("call_id", call.id())
                .put("agent_id", agent.agentId())
                .put("from", call.from())
                .put("to", call.to())
                .put("metadata", new JsonObject(call.metadata()));
        SignedPost post = new SignedPost(http, secrets.apply(call.owner().applicationId()), clock);
        return spec.webhook()
                .<LiveParty>map(webhook -> byText(agent, webhook, about, post, leg, events))
                .orElseGet(() -> bySpeech(agent, about, post, leg, events));
    }

    private LiveParty byText(
            Verb.Agent agent,
            AgentSpec.Webhook webhook,
            JsonObject about,
            SignedPost post,
            MediaSession leg,
            Consumer<LiveEvent> events) {
        Optional<Transcriber> ears = webhook.transcription()
                .map(server -> new Transcriber(http, server, agent.spec().language()));
        TextAgent session = new TextAgent(vertx, pulse, agent, webhook, about, post, ears, voice, leg, events);
        session.begin();
        return session;
    }

    private LiveParty bySpeech(
            Verb.Agent agent, JsonObject about, SignedPost post, MediaSession leg, Consumer<LiveEvent> events) {
        AgentSpec spec = agent.spec();
        AgentSession session = new AgentSession(vertx, pulse, agent, about, new AgentTools(spec, post), leg, events);
        Optional<String> url = url(spec);
        if (url.isEmpty()) {
            session.failed("no_server", "Name the agent's url, or set agent.url (TRUNKLINE_AGENT_URL).");
        } else {
            AgentCaller caller = new AgentCaller(vertx, dialer, session, url.get(), headers(session, spec));
            session.callBy(caller);
            session.home().runOnContext(_ -> caller.call());
        }
        return session;
    }

    private Optional<String> url(AgentSpec spec) {
        Optional<String> model = spec.model().or(defaults::model);
        return spec.url()
                .or(defaults::url)
                .map(url -> model.filter(_ -> !url.contains("model="))
                        .map(name -> url + (url.contains("?") ? "&" : "?") + "model="
                                + URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .orElse(url));
    }

    private Map<String, String> headers(AgentSession session, AgentSpec spec) {
        Map<String, String> headers = new HashMap<>(session.words().headers());
        spec.apiKey()
                .or(() -> spec.url().isPresent() ? Optional.empty() : defaults.key())
                .ifPresent(key -> headers.put("Authorization", "Bearer " + key));
        headers.putAll(spec.headers());
        return headers;
    }
}
