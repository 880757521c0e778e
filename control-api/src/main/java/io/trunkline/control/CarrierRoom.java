package io.trunkline.control;

import io.trunkline.control.call.TrunkBook;
import io.trunkline.control.sandbox.SandboxCarrier;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.RecordingFile;
import io.trunkline.sip.IncomingCalls;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipCallListener;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Towards the carriers: signalling, media, and the trunks there are.
 *
 * @param left recordings that a crash had left open, by id
 * @param recordings their folder
 * @param door completed when calls coming in may be taken; until then they are refused with 503
 */
record CarrierRoom(
        MediaEngine media,
        SipStack sip,
        TrunkBook trunks,
        Map<String, RecordingFile> left,
        Path recordings,
        CompletableFuture<IncomingCalls> door) {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierRoom.class);

    static CarrierRoom open(ControlConfig config, SipConfig sipConfig, Shutdown shutdown) {
        Map<String, RecordingFile> left = MediaEngine.recoverRecordings(
                        config.rtp().recordings())
                .stream()
                .collect(Collectors.toMap(RecordingFile::recordingId, Function.identity()));
        MediaEngine media = MediaEngine.start(config.rtp());
        shutdown.add("media engine", media);
        InetAddress browserAddress = BindAddresses.media(sipConfig.bind(), false);
        media.expectLegsAt(browserAddress);
        CompletableFuture<IncomingCalls> door = new CompletableFuture<>();
        SipStack sip = SipStack.start(
                sipConfig,
                (call, invite) -> door.getNow(CarrierRoom::notYet).onIncoming(call, invite),
                status -> LOG.info("trunk {} is {}: {}", status.trunkId(), status.state(), status.detail()));
        shutdown.add("SIP", sip);
        TrunkBook trunks = new TrunkBook(
                sip,
                trunk -> mediaAddress(sipConfig, trunk),
                browserAddress,
                SandboxCarrier.TRUNK,
                SandboxCarrier::owns);
        return new CarrierRoom(media, sip, trunks, left, config.rtp().recordings(), door);
    }

    /** A recording as the crash left it: cut short, or finished when nobody could be told any more. */
    Optional<RecordingFile> recovered(String recordingId) {
        return Optional.ofNullable(left.get(recordingId))
                .or(() -> MediaEngine.finishedRecording(recordings, recordingId));
    }

    /** A TLS port without a certificate listens to nobody; port 0 is any that is free. */
    static SipConfig listening(SipConfig sip) {
        int port = sip.port() == 0 ? BindAddresses.freePort() : sip.port();
        return sip.listeningOn(port, sip.certificate().isPresent() ? sip.tlsPort() : 0);
    }

    /** A call that comes in while the node still starts. */
    private static SipCallListener notYet(SipCall call, SipEvent.Incoming invite) {
        call.reject(503, "Service Unavailable");
        return (_, _) -> {};
    }

    private static InetAddress mediaAddress(SipConfig sip, Trunk trunk) {
        boolean six = trunk.hosts().getFirst().host().contains(":");
        return BindAddresses.media(sip.bind(), six);
    }
}
