package io.trunkline.control;

import io.trunkline.control.agent.AgentDefaults;
import io.trunkline.control.agent.AgentService;
import io.trunkline.control.call.AudioLibrary;
import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParties;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.control.events.GuardedHttp;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.WebhookSecrets;
import io.trunkline.control.stream.Pulse;
import io.trunkline.control.stream.SocketDialer;
import io.trunkline.control.stream.StreamService;
import io.trunkline.media.MediaSession;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Who may take part in calls beside their scripts: streams and agents. */
record StreamRoom(StreamService streams, AgentService agents) implements LiveParties {
    static StreamRoom open(Ground ground, ControlConfig config, EventRoom events, AudioLibrary audio) {
        SocketDialer dialer = new SocketDialer(ground.vertx(), events.guard());
        Pulse pulse = new Pulse(ground.vertx());
        ResourceStore resources = new ResourceStore(ground.pool(), ground.secrets());
        Function<String, Future<List<String>>> secrets = id -> secrets(ground, resources, id);
        ControlConfig.Agent server = config.agent();
        AgentDefaults defaults = new AgentDefaults(server.url(), server.key().map(Secret::value), server.model());
        GuardedHttp http = new GuardedHttp(ground.vertx(), events.guard());
        return new StreamRoom(
                new StreamService(ground.vertx(), pulse, dialer, secrets, ground.clock()),
                new AgentService(
                        ground.vertx(), pulse, dialer, http, secrets, defaults, audio::speech, ground.clock()));
    }

    /** A database that is away costs a stream its signature, not its life. */
    private static Future<List<String>> secrets(Ground ground, ResourceStore resources, String applicationId) {
        return resources
                .find(ResourceKind.APPLICATION, applicationId, Optional.empty())
                .map(found -> found.map(Resource::secret)
                        .map(secret -> WebhookSecrets.live(
                                secret, OffsetDateTime.ofInstant(ground.clock().instant(), ZoneOffset.UTC)))
                        .orElse(List.of()))
                .otherwise(List.of());
    }

    @Override
    public LiveParty stream(CallSnapshot call, MediaSession leg, Verb.Stream stream, Consumer<LiveEvent> events) {
        return streams.open(call, leg, stream, events);
    }

    @Override
    public LiveParty agent(CallSnapshot call, MediaSession leg, Verb.Agent agent, Consumer<LiveEvent> events) {
        return agents.open(call, leg, agent, events);
    }
}
