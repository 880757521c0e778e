package io.trunkline.control;

import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.dialect.Dialects;
import io.trunkline.control.recording.Vault;
import io.trunkline.control.store.Database;
import io.trunkline.sip.SipConfig;
import java.util.Optional;

/** Builds the node by plain constructors, room by room in the order it starts; {@link Shutdown} takes it apart in reverse. */
final class Wiring {
    private Wiring() {}

    /** @param httpPort the port that was taken, which matters when any free one was asked for */
    record Running(int httpPort) {}

    static Running start(ControlConfig config, Database database, FirstKeys keys, Shutdown shutdown) {
        SipConfig sip = CarrierRoom.listening(config.sip());
        Ground ground = Ground.open(config, database, keys, shutdown);
        Dialects dialects = new Dialects();
        EventRoom events = EventRoom.open(ground, config, dialects);
        CarrierRoom carriers = CarrierRoom.open(config, sip, shutdown);
        SpeechRoom speech = SpeechRoom.open(ground, config, events.guard());
        Optional<TrunkBook.Entry> sandbox =
                SandboxRoom.open(ground, config, sip, carriers.media(), speech.audio(), shutdown);
        StreamRoom streams = StreamRoom.open(ground, config, events, speech.audio());
        CallRoom calls =
                CallRoom.open(ground, events, carriers, speech.audio(), streams, dialects::script, sandbox, shutdown);
        ClusterRoom.open(ground, config, database, events, calls, shutdown);
        events.startDelivering(shutdown);
        Vault recordings = RecordingRoom.open(ground, config, shutdown);
        int port = ApiRoom.open(
                ground,
                config,
                keys,
                events,
                carriers,
                speech,
                calls,
                streams.streams(),
                dialects.routes(ground.meters()),
                recordings);
        shutdown.addWaiting("calls", hurry -> Draining.drain(calls.calls(), config.drain(), hurry));
        return new Running(port);
    }
}
