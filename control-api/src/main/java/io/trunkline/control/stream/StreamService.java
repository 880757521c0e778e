package io.trunkline.control.stream;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.LiveEvent;
import io.trunkline.control.call.LiveParty;
import io.trunkline.control.call.Verb;
import io.trunkline.media.MediaSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens streams for calls: towards a program, or for one that has come to us. Any thread may call it. */
public final class StreamService {
    private static final long VISITOR_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final long UNASKED_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final Vertx vertx;
    private final SocketDialer dialer;
    private final Function<String, Future<List<String>>> secrets;
    private final Clock clock;
    private final Pulse pulse;
    /** Programs that have connected, by the stream that is to be theirs. */
    private final Map<String, Visitor> arrived = new ConcurrentHashMap<>();
    /** Streams that wait for their program, by call. */
    private final Map<String, ExpectedStream> expecting = new ConcurrentHashMap<>();

    /** @param secrets an application's signing secrets, by its id */
    public StreamService(
            Vertx vertx,
            Pulse pulse,
            SocketDialer dialer,
            Function<String, Future<List<String>>> secrets,
            Clock clock) {
        this.vertx = vertx;
        this.pulse = pulse;
        this.dialer = dialer;
        this.secrets = secrets;
        this.clock = clock;
    }

    public LiveParty open(CallSnapshot call, MediaSession leg, Verb.Stream stream, Consumer<LiveEvent> events) {
        StreamFacts facts = new StreamFacts(stream.streamId(), call, stream.spec());
        Visitor visitor = arrived.remove(stream.streamId());
        if (visitor != null) {
            StreamSession session = new StreamSession(vertx, pulse, visitor.context(), facts, leg, events);
            visitor.meet(session);
            return session;
        }
        return stream.spec()
                .url()
                .map(url -> call(facts, leg, events, url))
                .orElseGet(() -> expect(facts, leg, events));
    }

    private LiveParty call(StreamFacts facts, MediaSession leg, Consumer<LiveEvent> events, String url) {
        Context home = vertx.getOrCreateContext();
        StreamSession session = new StreamSession(vertx, pulse, home, facts, leg, events);
        StreamCaller caller = new StreamCaller(vertx, dialer, secrets, clock, session, url);
        session.callBy(caller);
        home.runOnContext(_ -> caller.call());
        return session;
    }

    private LiveParty expect(StreamFacts facts, MediaSession leg, Consumer<LiveEvent> events) {
        ExpectedStream expected = new ExpectedStream(
                facts.streamId(),
                events,
                visitor -> new StreamSession(vertx, pulse, visitor.context(), facts, leg, events));
        expecting.put(facts.callId(), expected);
        vertx.setTimer(VISITOR_MILLIS, _ -> {
            expecting.remove(facts.callId(), expected);
            expected.giveUp();
        });
        return expected;
    }

    /**
     * A program has connected, on the current context. True when the call waits for it; false when a stream of this id
     * is to be asked for, which then is the program's.
     */
    public boolean arrive(String callId, String streamId, ServerWebSocket socket) {
        socket.pause();
        Visitor visitor = new Visitor(socket, vertx.getOrCreateContext());
        ExpectedStream expected = expecting.remove(callId);
        if (expected != null && expected.welcome(visitor)) {
            return true;
        }
        arrived.put(streamId, visitor);
        vertx.setTimer(UNASKED_MILLIS, _ -> sendAway(streamId));
        return false;
    }

    /** Nothing came of a stream that was asked for. */
    public void sendAway(String streamId) {
        Visitor visitor = arrived.remove(streamId);
        if (visitor != null) {
            visitor.sendAway();
        }
    }
}
