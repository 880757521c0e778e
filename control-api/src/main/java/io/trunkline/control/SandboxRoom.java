package io.trunkline.control;

import io.trunkline.control.call.Limit;
import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.sandbox.SandboxCarrier;
import io.trunkline.control.speech.Audio;
import io.trunkline.media.MediaEngine;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.Trunk;
import java.util.List;
import java.util.Optional;

/** The carrier in the box, where it is wanted: a SIP stack of its own on loopback and the trunk that leads to it. */
final class SandboxRoom {
    private SandboxRoom() {}

    static Optional<TrunkBook.Entry> open(
            Ground ground, ControlConfig config, SipConfig sip, MediaEngine media, Audio audio, Shutdown shutdown) {
        if (!config.sandbox()) {
            return Optional.empty();
        }
        int port = BindAddresses.freePort();
        Trunk.Host theSwitch = new Trunk.Host("127.0.0.1", sip.port(), Trunk.Transport.UDP, 1, 1);
        shutdown.add(
                "sandbox",
                SandboxCarrier.start(
                        SipConfig.defaults("sandbox", port),
                        theSwitch,
                        media,
                        audio,
                        ground.timers(),
                        ground.mailboxes()::of));
        Trunk trunk = Trunk.peer(SandboxCarrier.TRUNK, new Trunk.Host("127.0.0.1", port, Trunk.Transport.UDP, 1, 1))
                .edit()
                .allowFrom(List.of("127.0.0.1:" + port)) // its own socket alone, never all of loopback
                .build();
        return Optional.of(new TrunkBook.Entry(trunk, TrunkBook.Media.DEFAULT, Limit.NONE, Optional.empty()));
    }
}
