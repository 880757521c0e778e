package io.trunkline.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.sdp.MediaPlan.TelephoneEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerTest {
    private static final LocalMedia LOCAL = new LocalMedia(
            42,
            InetAddress.ofLiteral("198.51.100.7"),
            10_000,
            10_001,
            List.of(Codec.PCMA, Codec.PCMU, Codec.G722, Codec.OPUS),
            20,
            false,
            Direction.SENDRECV,
            MediaSecurity.NONE);

    /** {@code sections} may separate its lines by a bar. */
    private static String peer(String sections) {
        return "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                + sections.replace("|", "\r\n");
    }

    private static Outcome.Agreed answer(LocalMedia local, String offer) {
        return (Outcome.Agreed) OfferAnswer.answer(local, Optional.empty(), SdpParser.parse(offer));
    }

    private static Outcome.Refused refusal(LocalMedia local, String offer) {
        return (Outcome.Refused) OfferAnswer.answer(local, Optional.empty(), SdpParser.parse(offer));
    }

    private static MediaPlan accept(LocalMedia local, String answer) {
        Sdp offer = OfferAnswer.offer(local, Optional.empty());
        return ((Outcome.Agreed) OfferAnswer.accept(local, offer, SdpParser.parse(answer))).plan();
    }

    @Test
    void theOfferListsOurCodecsInOurOrderAndBothTelephoneEvents() {
        Sdp offer = OfferAnswer.offer(LOCAL, Optional.empty());

        assertThat(offer.media()).hasSize(1);
        assertThat(offer.media().getFirst().formats()).containsExactly("8", "0", "9", "111", "101", "110");
        assertThat(offer.text())
                .contains("c=IN IP4 198.51.100.7\r\n")
                .contains("m=audio 10000 RTP/AVP ")
                .contains("a=rtpmap:111 opus/48000/2\r\n")
                .contains("a=rtpmap:101 telephone-event/8000\r\n")
                .contains("a=fmtp:101 0-15\r\n")
                .contains("a=rtpmap:110 telephone-event/48000\r\n")
                .contains("a=ptime:20\r\n")
                .contains("a=sendrecv\r\n")
                .doesNotContain("a=rtcp:");
    }

    @Test
    void theOffersOrderDecidesAndOneCodecIsAnswered() {
        Outcome.Agreed agreed = answer(
                LOCAL,
                peer("m=audio 4000 RTP/AVP 18 9 0 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\n"));

        assertThat(agreed.plan().codec()).isEqualTo(Codec.G722);
        assertThat(agreed.local().media().getFirst().formats()).containsExactly("9", "96");
        assertThat(agreed.plan().sendDigits()).contains(new TelephoneEvent(96, 8000));
        assertThat(agreed.plan().receiveDigits()).isEqualTo(Map.of(96, 8000));
        assertThat(agreed.plan().remoteRtp()).contains(new InetSocketAddress("192.0.2.9", 4000));
        assertThat(agreed.plan().remoteRtcp()).contains(new InetSocketAddress("192.0.2.9", 4001));
    }

    @Test
    void staticTypesNeedNoRtpmap() {
        assertThat(answer(LOCAL, peer("m=audio 4000 RTP/AVP 0\r\n")).plan().codec())
                .isEqualTo(Codec.PCMU);
    }

    @Test
    void asymmetricPayloadTypesAreSentTheirWayAndHeardOurs() {
        MediaPlan plan = accept(
                LOCAL,
                peer("m=audio 4000 RTP/AVP 120 97\r\na=rtpmap:120 opus/48000/2\r\na=fmtp:120 maxplaybackrate=16000; "
                        + "useinbandfec=1\r\na=rtpmap:97 telephone-event/8000\r\n"));

        assertThat(plan.codec()).isEqualTo(Codec.OPUS);
        assertThat(plan.send().payloadType()).isEqualTo(120);
        assertThat(plan.send().fmtp()).containsEntry("maxplaybackrate", "16000").containsEntry("useinbandfec", "1");
        assertThat(plan.receive().payloadType()).isEqualTo(111);
        assertThat(plan.receiveTypes()).containsEntry(111, Codec.OPUS).containsEntry(120, Codec.OPUS);
        assertThat(plan.sendDigits()).contains(new TelephoneEvent(97, 8000));
        assertThat(plan.receiveDigits()).isEqualTo(Map.of(101, 8000, 110, 48_000, 97, 8000));
    }

    @Test
    void telephoneEventsOnTheCodecsOwnClockArePreferred() {
        MediaPlan plan = accept(
                LOCAL,
                peer(
                        "m=audio 4000 RTP/AVP 111 101 110\r\na=rtpmap:111 opus/48000/2|a=rtpmap:101 telephone-event/8000\r\na=rtpmap:110 telephone-event/48000\r\n"));

        assertThat(plan.sendDigits()).contains(new TelephoneEvent(110, 48_000));
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, SENDRECV, SENDRECV, sendrecv",
        "sendonly, SENDONLY, RECVONLY, recvonly",
        "recvonly, RECVONLY, SENDONLY, sendonly",
        "inactive, INACTIVE, INACTIVE, inactive"
    })
    void holdIsAnsweredWithItsMirror(String said, Direction remote, Direction ours, String written) {
        Outcome.Agreed agreed = answer(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\na=" + said + "\r\n"));

        assertThat(agreed.plan().remoteDirection()).isEqualTo(remote);
        assertThat(agreed.plan().direction()).isEqualTo(ours);
        assertThat(agreed.local().text()).contains("a=" + written + "\r\n");
    }

    @Test
    void theOldHoldByZeroAddressLeavesNobodyToSendTo() {
        MediaPlan plan = answer(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 0.0.0.0\r\n"))
                .plan();

        assertThat(plan.remoteRtp()).isEmpty();
        assertThat(plan.remoteDirection()).isEqualTo(Direction.SENDONLY);
        assertThat(plan.direction()).isEqualTo(Direction.RECVONLY);
    }

    @Test
    void ourHoldIsOfferedAndTheSessionsDirectionCountsForItsSections() {
        LocalMedia holding = LOCAL.withDirection(Direction.SENDONLY);
        assertThat(OfferAnswer.offer(holding, Optional.empty()).text()).contains("a=sendonly\r\n");

        MediaPlan plan = accept(holding, peer("a=recvonly\r\nm=audio 4000 RTP/AVP 8\r\n"));
        assertThat(plan.direction()).isEqualTo(Direction.SENDONLY);
    }

    @Test
    void videoAndSecondAudioAreRefusedInTheirPlace() {
        Outcome.Agreed agreed = answer(
                LOCAL,
                peer(
                        "m=video 5000 RTP/AVP 31 34\r\nm=audio 0 RTP/AVP 0\r\nm=audio 4000 RTP/AVP 8|m=audio 4002 RTP/AVP 0\r\nm=image 4004 udptl t38\r\n"));

        assertThat(agreed.local().media()).extracting(Sdp.Media::port).containsExactly(0, 0, 10_000, 0, 0);
        assertThat(agreed.local().media().getFirst().formats()).containsExactly("31", "34");
        assertThat(agreed.plan().remoteRtp().orElseThrow().getPort()).isEqualTo(4000);
    }

    @Test
    void anAddressOfItsOwnGoesBeforeTheSessions() {
        MediaPlan plan = accept(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 203.0.113.5\r\na=rtcp:4099\r\n"));

        assertThat(plan.remoteRtp()).contains(new InetSocketAddress("203.0.113.5", 4000));
        assertThat(plan.remoteRtcp()).contains(new InetSocketAddress("203.0.113.5", 4099));
    }

    @Test
    void rtcpMuxIsTakenWhenOfferedAndUsedOnlyWhenAnswered() {
        Outcome.Agreed offeredToUs = answer(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\na=rtcp-mux\r\n"));
        assertThat(offeredToUs.local().text()).contains("a=rtcp-mux\r\n");
        assertThat(offeredToUs.plan().remoteRtcp()).isEqualTo(offeredToUs.plan().remoteRtp());

        MediaPlan notOffered = accept(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\na=rtcp-mux\r\n"));
        assertThat(notOffered.rtcpMux()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"30, 60, 30", "20, 60, 20", "40, 20, 20", "5, 60, 20", "200, 60, 20", "abc, 60, 20", "20, 10, 10"})
    void thePeersPacketLengthIsKeptWithinReason(String ptime, String maxptime, int expected) {
        MediaPlan plan = accept(
                LOCAL, peer("m=audio 4000 RTP/AVP 8\r\na=ptime:" + ptime + "\r\na=maxptime:" + maxptime + "\r\n"));

        assertThat(plan.send().ptimeMs()).isEqualTo(expected);
        assertThat(plan.receive().ptimeMs()).isEqualTo(20);
    }

    @Test
    void aReofferKeepsPlacesAndNumbersAndCountsItsChanges() {
        Outcome.Agreed first = answer(
                LOCAL, peer("m=video 5000 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n"));
        Sdp reoffer = OfferAnswer.offer(LOCAL.withDirection(Direction.SENDONLY), Optional.of(first.local()));

        assertThat(reoffer.media()).extracting(Sdp.Media::port).containsExactly(0, 10_000);
        assertThat(reoffer.media().get(1).formats()).contains("96").doesNotContain("111");
        assertThat(reoffer.origin().version()).isEqualTo(first.local().origin().version() + 1);
        assertThat(reoffer.origin().sessionId())
                .isEqualTo(first.local().origin().sessionId());

        Sdp same = OfferAnswer.offer(LOCAL.withDirection(Direction.SENDONLY), Optional.of(reoffer));
        assertThat(same).isEqualTo(reoffer);
    }

    @Test
    void aBundledSectionIsAnsweredWithItsNameInABundle() {
        Outcome.Agreed agreed =
                answer(LOCAL, peer("a=group:BUNDLE 0 1\r\nm=audio 4000 RTP/AVP 8\r\na=mid:0\r\na=rtcp-mux\r\n"));

        assertThat(agreed.local().text()).contains("a=group:BUNDLE 0\r\n").contains("a=mid:0\r\n");
    }

    @Test
    void anIpv6PeerIsPlannedAndAPeerOfTheOtherFamilyRefused() {
        LocalMedia six = new LocalMedia(
                1,
                InetAddress.ofLiteral("2001:db8::1"),
                10_000,
                10_001,
                List.of(Codec.PCMA),
                20,
                false,
                Direction.SENDRECV,
                MediaSecurity.NONE);
        Outcome.Agreed agreed = answer(six, peer("m=audio 4000 RTP/AVP 8\r\nc=IN IP6 2001:db8::9\r\n"));

        assertThat(agreed.local().text()).contains("c=IN IP6 2001:db8:0:0:0:0:0:1\r\n");
        assertThat(agreed.plan().remoteRtp().orElseThrow().getAddress())
                .isEqualTo(InetAddress.ofLiteral("2001:db8::9"));
        assertThat(refusal(six, peer("m=audio 4000 RTP/AVP 8\r\n")).reason()).isEqualTo("unreachable_address");
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThat(refusal(LOCAL, peer("m=audio 4000 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n")))
                .isEqualTo(new Outcome.Refused("no_common_codec", "the peer takes G729/8000"));
        assertThat(refusal(LOCAL, peer("m=audio 4000 RTP/SAVP 8\r\n")).reason()).isEqualTo("encryption_unsupported");
        assertThat(refusal(LOCAL, peer("m=video 4000 RTP/AVP 31\r\n")).reason()).isEqualTo("no_audio");
        assertThat(refusal(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 evil.example\r\n"))
                        .reason())
                .isEqualTo("invalid_sdp");
        assertThat(refusal(LOCAL, peer("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 224.0.0.1/127\r\n"))
                        .reason())
                .isEqualTo("invalid_sdp");
    }

    @Test
    void anAnswerThatRefusesOrForgetsOurAudioIsNoMedia() {
        Sdp offer = OfferAnswer.offer(LOCAL, Optional.empty());
        assertThat(OfferAnswer.accept(LOCAL, offer, SdpParser.parse(peer("m=audio 0 RTP/AVP 8\r\n"))))
                .isEqualTo(new Outcome.Refused("media_refused", "the answer refuses our audio"));
        assertThat(OfferAnswer.accept(LOCAL, offer, SdpParser.parse(peer("")))).isInstanceOf(Outcome.Refused.class);
        assertThat(OfferAnswer.accept(LOCAL, offer, SdpParser.parse(peer("m=audio 4000 RTP/AVP 18\r\n"))))
                .extracting(o -> ((Outcome.Refused) o).reason())
                .isEqualTo("no_common_codec");
    }
}
