package io.trunkline.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class SdpFuzzTest {
    private static final LocalMedia LOCAL = new LocalMedia(
            1,
            InetAddress.ofLiteral("127.0.0.1"),
            10_000,
            10_001,
            List.of(Codec.values()),
            20,
            true,
            Direction.SENDRECV,
            MediaSecurity.NONE);

    /** Any text parses or is refused; what parsed is answered or refused, and our answer is itself readable. */
    @FuzzTest(maxDuration = "1m")
    void anyTextIsAnsweredOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Sdp peer;
        try {
            peer = SdpParser.parse(text);
        } catch (SdpException refused) {
            return;
        }
        Sdp offer = OfferAnswer.offer(LOCAL, Optional.empty());
        OfferAnswer.accept(LOCAL, offer, peer);
        if (OfferAnswer.answer(LOCAL, Optional.of(offer), peer) instanceof Outcome.Agreed agreed) {
            assertThat(SdpParser.parse(agreed.local().text())).isEqualTo(agreed.local());
        }
    }
}
