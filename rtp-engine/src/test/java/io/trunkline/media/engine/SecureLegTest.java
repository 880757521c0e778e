package io.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.IceConfig;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.Playback;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.EventLog;
import io.trunkline.media.testing.Goertzel;
import io.trunkline.media.testing.ToneSource;
import io.trunkline.media.testing.WavSamples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two encrypted legs, each in an engine of its own, over real sockets. */
class SecureLegTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private MediaEngine here;
    private MediaEngine there;
    private final EventLog hereEvents = new EventLog();
    private final EventLog thereEvents = new EventLog();

    @BeforeEach
    void start() {
        here = MediaEngine.start(MediaConfig.defaults(folder.resolve("here")));
        there = MediaEngine.start(MediaConfig.defaults(folder.resolve("there")));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static LegSpec spec(String id, SrtpPolicy policy) {
        return new LegSpec(id, LOOPBACK, List.of(Codec.PCMA), DtmfMode.RFC4733, policy, List.of(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"SDES,SDES", "SDES,OPTIONAL", "OPTIONAL,SDES", "OPTIONAL,OPTIONAL", "DTLS,DTLS", "DTLS,OPTIONAL"})
    void bothHearEachOtherUnderAgreedKeys(SrtpPolicy offering, SrtpPolicy answering) {
        MediaSession caller = here.open(spec("caller", offering), hereEvents);
        MediaSession callee = there.open(spec("callee", answering), thereEvents);
        String offer = caller.createOffer();
        String answer = agreed(callee.answerOffer(offer));
        assertThat(answer).containsAnyOf("a=crypto:", "a=fingerprint:");
        agreed(caller.acceptAnswer(answer));

        talk(caller, callee);
    }

    @ParameterizedTest
    @CsvSource({"true,false", "false,true"})
    void aLitePeerIsCheckedByTheOther(boolean callerLite, boolean calleeLite) {
        MediaSession caller = here.open(lite("caller", callerLite), hereEvents);
        MediaSession callee = there.open(lite("callee", calleeLite), thereEvents);
        String offer = caller.createOffer();
        String answer = agreed(callee.answerOffer(offer));
        assertThat(offer.contains("a=ice-lite")).isEqualTo(callerLite);
        assertThat(answer.contains("a=ice-lite")).isEqualTo(calleeLite);
        agreed(caller.acceptAnswer(answer));

        talk(caller, callee);
    }

    private static LegSpec lite(String id, boolean lite) {
        return new LegSpec(
                id,
                LOOPBACK,
                List.of(Codec.PCMA),
                DtmfMode.RFC4733,
                SrtpPolicy.DTLS,
                List.of(),
                Optional.empty(),
                lite);
    }

    @Test
    void aLiteEngineAnswersChecksAndMakesNone() throws Exception {
        try (MediaEngine lite = MediaEngine.start(
                MediaConfig.defaults(folder.resolve("lite")).withIce(new IceConfig(true, List.of())))) {
            MediaSession caller = here.open(spec("caller", SrtpPolicy.DTLS), hereEvents);
            MediaSession callee = lite.open(spec("callee", SrtpPolicy.DTLS), thereEvents);
            String answer = agreed(callee.answerOffer(caller.createOffer()));
            assertThat(answer).contains("a=ice-lite\r\n");
            agreed(caller.acceptAnswer(answer));

            talk(caller, callee);
        }
    }

    /** A lite peer never checks by itself: without the candidate that comes later nobody would ever be found. */
    @Test
    void aCandidateThatComesAfterTheDescriptionIsUsed() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.DTLS), hereEvents);
        MediaSession callee = there.open(lite("callee", true), thereEvents);
        String answer = agreed(callee.answerOffer(caller.createOffer()));
        agreed(caller.acceptAnswer(without("a=candidate:", answer)));
        String later = answer.lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .findFirst()
                .orElseThrow();
        caller.addRemoteCandidate(later.substring("a=".length()));

        talk(caller, callee);
    }

    /** Browsers hide their addresses behind names that nobody else can look up (RFC 8839 section 4.2.2.5). */
    @Test
    void aPeerBehindMulticastNamesIsFoundByItsOwnChecks() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.DTLS), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.DTLS), thereEvents);
        String offer = caller.createOffer();
        String hidden = offer.replaceAll(
                "(a=candidate:\\d+ 1 udp \\d+ )[0-9.]+", "$1" + "8f2a5c1e-4b7d-4c11-9a53-0d2b7e6f1a90.local");
        assertThat(hidden).contains(".local ").isNotEqualTo(offer);
        agreed(caller.acceptAnswer(agreed(callee.answerOffer(hidden))));

        talk(caller, callee);
    }

    @ParameterizedTest
    @CsvSource({"SDES", "DTLS"})
    void legsTalkOverIpv6(SrtpPolicy policy) {
        InetAddress six = InetAddress.ofLiteral("::1");
        MediaSession caller = here.open(at(six, "caller", policy), hereEvents);
        MediaSession callee = there.open(at(six, "callee", policy), thereEvents);
        String offer = caller.createOffer();
        assertThat(offer).contains("c=IN IP6 ");
        agreed(caller.acceptAnswer(agreed(callee.answerOffer(offer))));

        talk(caller, callee);
    }

    private static LegSpec at(InetAddress address, String id, SrtpPolicy policy) {
        return new LegSpec(id, address, List.of(Codec.PCMA), DtmfMode.RFC4733, policy, List.of(), Optional.empty());
    }

    /** A page that also offers video and a data channel, all on one transport: the sound is taken, the rest is not. */
    @Test
    void ofABundleTheSoundIsTaken() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.DTLS), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.DTLS), thereEvents);
        String more = String.join(
                "\r\n",
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "c=IN IP4 0.0.0.0",
                "a=rtpmap:96 VP8/90000",
                "a=mid:v",
                "a=sendrecv",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                "c=IN IP4 0.0.0.0",
                "a=mid:d",
                "");
        String offer = caller.createOffer().replace("BUNDLE 0", "BUNDLE 0 v d") + more;
        String answer = agreed(callee.answerOffer(offer));

        assertThat(answer)
                .contains("a=group:BUNDLE 0\r\n")
                .contains("m=video 0 ")
                .contains("m=application 0 ")
                .contains("a=mid:0\r\n");
        agreed(caller.acceptAnswer(answer));
        talk(caller, callee);
    }

    private static String without(String start, String sdp) {
        StringBuilder rest = new StringBuilder();
        sdp.lines()
                .filter(line -> !line.startsWith(start))
                .forEach(line -> rest.append(line).append("\r\n"));
        return rest.toString();
    }

    private void talk(MediaSession caller, MediaSession callee) {
        thereEvents.await(MediaEvent.MediaConnected.class);
        hereEvents.await(MediaEvent.MediaConnected.class);
        callee.record(RecordSpec.dual("rec-1"));
        caller.play(Playback.once("p1", ToneSource.of(1000, 1000)));
        callee.play(Playback.once("p2", ToneSource.shared(600, 1000)));
        hereEvents.await(MediaEvent.PlaybackFinished.class);
        thereEvents.await(MediaEvent.PlaybackFinished.class);
        caller.sendDigits("5");
        assertThat(thereEvents.await(MediaEvent.DigitReceived.class).digit()).isEqualTo('5');
        callee.close();
        WavSamples wav = WavSamples.read(
                thereEvents.await(MediaEvent.RecordingCompleted.class).file().path());
        assertThat(loudest(wav.channel(0), 1000)).isBetween(-11.0, -9.0);
        assertThat(loudest(wav.channel(1), 600)).isBetween(-11.0, -9.0);
    }

    @Test
    void aReofferKeepsKeysAndCounters() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.SDES), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.SDES), thereEvents);
        String first = caller.createOffer();
        agreed(caller.acceptAnswer(agreed(callee.answerOffer(first))));
        thereEvents.await(MediaEvent.MediaConnected.class);
        String second = caller.createOffer();
        agreed(caller.acceptAnswer(agreed(callee.answerOffer(second))));

        assertThat(cryptoLines(second)).isEqualTo(cryptoLines(first));
        talk(caller, callee);
    }

    private static List<String> cryptoLines(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("a=crypto")).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "SDES,OFF,encryption_unsupported",
        "DTLS,OFF,encryption_unsupported",
        "DTLS,SDES,encryption_unsupported",
        "SDES,DTLS,encryption_unsupported",
        "OFF,SDES,encryption_required",
        "OFF,DTLS,encryption_required"
    })
    void whatOneSideRequiresTheOtherCannotLeaveOut(SrtpPolicy offering, SrtpPolicy answering, String reason) {
        MediaSession caller = here.open(spec("caller", offering), hereEvents);
        MediaSession callee = there.open(spec("callee", answering), thereEvents);

        assertThat(callee.answerOffer(caller.createOffer()))
                .isInstanceOfSatisfying(
                        Negotiation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"SDES", "DTLS"})
    void anAnswerThatFallsBackToPlainIsRefused(SrtpPolicy policy) {
        MediaSession caller = here.open(spec("caller", policy), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.OFF), thereEvents);
        caller.createOffer();
        String plain = agreed(callee.answerOffer(
                there.open(spec("other", SrtpPolicy.OFF), thereEvents).createOffer()));

        assertThat(caller.acceptAnswer(plain))
                .isInstanceOfSatisfying(
                        Negotiation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("encryption_required"));
    }

    @ParameterizedTest
    @CsvSource({"OPTIONAL,OFF", "OFF,OPTIONAL"})
    void whatIsOptionalMayBePlain(SrtpPolicy offering, SrtpPolicy answering) {
        MediaSession caller = here.open(spec("caller", offering), hereEvents);
        MediaSession callee = there.open(spec("callee", answering), thereEvents);
        agreed(caller.acceptAnswer(agreed(callee.answerOffer(caller.createOffer()))));

        talk(caller, callee);
    }

    @Test
    void anotherCertificateThanSdpNamesGetsNoAudioAndSaysSo() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.DTLS), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.DTLS), thereEvents);
        String answer = agreed(callee.answerOffer(caller.createOffer()));
        agreed(caller.acceptAnswer(changed(answer, "a=fingerprint:sha-256 ", text -> "00" + text.substring(2))));

        assertThat(hereEvents.await(MediaEvent.SecurityFailed.class).reason()).isEqualTo("dtls_fingerprint_mismatch");
        assertThat(thereEvents.of(MediaEvent.MediaConnected.class)).isEmpty();
    }

    @Test
    void otherKeysThanSdpNamesGetNoAudioAndSaySo() {
        MediaSession caller = here.open(spec("caller", SrtpPolicy.SDES), hereEvents);
        MediaSession callee = there.open(spec("callee", SrtpPolicy.SDES), thereEvents);
        String answer = agreed(callee.answerOffer(caller.createOffer()));
        agreed(caller.acceptAnswer(changed(answer, "inline:", text -> "AAAAAAAA" + text.substring(8))));

        assertThat(hereEvents.await(MediaEvent.SecurityFailed.class).reason()).isEqualTo("srtp_authentication_failed");
        assertThat(hereEvents.of(MediaEvent.MediaConnected.class)).isEmpty();
    }

    private static String changed(String sdp, String after, UnaryOperator<String> change) {
        int at = sdp.indexOf(after) + after.length();
        return sdp.substring(0, at) + change.apply(sdp.substring(at));
    }

    private static String agreed(Negotiation outcome) {
        assertThat(outcome).isInstanceOf(Negotiation.Agreed.class);
        return ((Negotiation.Agreed) outcome).localSdp();
    }

    private static double loudest(short[] samples, double hz) {
        double best = -120;
        for (int at = 0; at + 4000 <= samples.length; at += 400) {
            best = Math.max(best, Goertzel.levelDb(samples, at, 4000, hz, 8000));
        }
        return best;
    }
}
