package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.IceConfig;
import io.trunkline.media.IceConfig.StunServer;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Nat;
import io.trunkline.media.testing.ToneSource;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-reflexive candidates, over real sockets. */
class OutsideAddressTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern HOST = Pattern.compile("a=candidate:.* 127\\.0\\.0\\.1 (\\d+) typ host");

    @TempDir
    Path folder;

    private final List<MediaSession> opened = new ArrayList<>();

    private MediaEngine engine(String name, StunServer... servers) {
        MediaEngine engine = MediaEngine.start(
                MediaConfig.defaults(folder.resolve(name)).withIce(new IceConfig(false, List.of(servers))));
        engine.expectLegsAt(LOOPBACK);
        return engine;
    }

    private MediaSession open(MediaEngine engine, EventLog events) {
        MediaSession session = engine.open(
                new LegSpec(
                        "leg",
                        LOOPBACK,
                        List.of(Codec.PCMA),
                        DtmfMode.RFC4733,
                        SrtpPolicy.DTLS,
                        List.of(),
                        Optional.empty()),
                events);
        opened.add(session);
        return session;
    }

    private static StunServer server(InetSocketAddress address) {
        return new StunServer(address.getAddress().getHostAddress(), address.getPort());
    }

    /** An offer of a leg whose outside address is known: the first ones may come before the server's answer. */
    private String offerFromOutside(MediaEngine engine, EventLog events) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            MediaSession session = open(engine, events);
            String offer = session.createOffer();
            if (offer.contains("typ srflx")) {
                return offer;
            }
            session.close();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no server-reflexive candidate was offered");
    }

    /** The peer knows nothing of us but what the server saw, and is found by its own checks. */
    @Test
    void aPeerReachesUsAtTheAddressThatAStunServerTold() throws Exception {
        EventLog hereEvents = new EventLog();
        EventLog thereEvents = new EventLog();
        try (Nat nat = new Nat();
                MediaEngine here = engine("here", server(nat.stunServer()));
                MediaEngine there = engine("there")) {
            String offer = offerFromOutside(here, hereEvents);
            MediaSession caller = opened.getLast();
            assertThat(offer).contains(" 127.0.0.1 " + nat.told().getPort() + " typ srflx");
            Matcher host = HOST.matcher(offer);
            assertThat(host.find()).isTrue();
            nat.leadTo(new InetSocketAddress(LOOPBACK, Integer.parseInt(host.group(1))));
            MediaSession callee = open(there, thereEvents);
            String answer = agreed(callee.answerOffer(without("typ host", offer)));
            agreed(caller.acceptAnswer(without("a=candidate", answer)));

            thereEvents.await(MediaEvent.MediaConnected.class);
            hereEvents.await(MediaEvent.MediaConnected.class);
            int before = nat.passed();
            caller.play(Playback.once("p", ToneSource.of(1000, 500)));
            hereEvents.await(MediaEvent.PlaybackFinished.class);
            assertThat(nat.passed() - before).as("the sound went that way").isGreaterThan(20);
        }
    }

    private static String without(String words, String sdp) {
        StringBuilder rest = new StringBuilder();
        sdp.lines()
                .filter(line -> !line.contains(words))
                .forEach(line -> rest.append(line).append("\r\n"));
        assertThat(rest.toString()).isNotEqualTo(sdp);
        return rest.toString();
    }

    private static String agreed(Negotiation outcome) {
        assertThat(outcome).isInstanceOf(Negotiation.Agreed.class);
        return ((Negotiation.Agreed) outcome).localSdp();
    }

    /** A call is not kept waiting for a server that is not there. */
    @Test
    void aSilentServerCostsTheCandidateAndNothingElse() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, LOOPBACK);
                MediaEngine engine = engine("silent", new StunServer("127.0.0.1", silent.getLocalPort()))) {
            String offer = open(engine, new EventLog()).createOffer();
            assertThat(offer).contains("typ host").doesNotContain("srflx");
        }
    }
}
