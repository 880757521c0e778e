package io.trunkline.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trunkline.media.sdp.Sdp.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpParserTest {
    private static final String WHOLE = """
            v=0
            o=alice 2890844526 2890844527 IN IP4 192.0.2.1
            s=-
            i=a talk
            c=IN IP4 192.0.2.1
            b=AS:64
            t=0 0
            k=clear:x
            a=ice-lite
            m=audio 49170 RTP/AVP 0 8
            c=IN IP4 192.0.2.2
            a=rtpmap:0 PCMU/8000
            a=sendrecv
            x=what is this
            m=video 0 RTP/AVP 31
            """;

    @Test
    void sectionsKeepTheirOrderTheirAddressAndTheirLines() {
        Sdp sdp = SdpParser.parse(WHOLE);

        assertThat(sdp.origin().version()).isEqualTo(2890844527L);
        assertThat(sdp.connection().orElseThrow().address()).isEqualTo("192.0.2.1");
        assertThat(sdp.attributes()).containsExactly(Attribute.flag("ice-lite"));
        assertThat(sdp.media()).extracting(Sdp.Media::kind).containsExactly("audio", "video");
        Sdp.Media audio = sdp.media().getFirst();
        assertThat(audio.formats()).containsExactly("0", "8");
        assertThat(audio.connection().orElseThrow().address()).isEqualTo("192.0.2.2");
        assertThat(audio.attributes())
                .containsExactly(new Attribute("rtpmap", "0 PCMU/8000"), Attribute.flag("sendrecv"));
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Sdp sdp = SdpParser.parse(WHOLE);

        assertThat(SdpParser.parse(sdp.text())).isEqualTo(sdp);
        assertThat(sdp.text().lines().allMatch(line -> line.length() > 1)).isTrue();
    }

    @Test
    void bareLineFeedsAndTrailingBlanksAreTaken() {
        Sdp sdp = SdpParser.parse("v=0 \ns=x\t\n\n\r\nm=audio 4000/2 RTP/AVP 0\r");

        assertThat(sdp.media().getFirst().port()).isEqualTo(4000);
        assertThat(sdp.origin().sessionId()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=1\r\n",
                "v=0\r\no=too few fields\r\n",
                "v=0\r\nm=audio\r\n",
                "v=0\r\nm=audio -1 RTP/AVP 0\r\n",
                "v=0\r\nm=audio 65536 RTP/AVP 0\r\n",
                "v=0\r\nm=audio 4000 RTP/AVP\r\n",
                "v=0\r\nc=IN IP4\r\n",
                "v=0\r\ns=a\u0000b\r\n"
            })
    void brokenTextIsRefused(String text) {
        assertThatExceptionOfType(SdpException.class).isThrownBy(() -> SdpParser.parse(text));
    }

    @Test
    void sizeIsBoundedInEveryDirection() {
        List<String> tooMuch = List.of(
                "v=0\r\na=" + "x".repeat(SdpParser.MAX_LINE),
                "v=0\r\n" + "a=x\r\n".repeat(SdpParser.MAX_LINES),
                "v=0\r\n" + "m=audio 4000 RTP/AVP 0\r\n".repeat(SdpParser.MAX_MEDIA + 1),
                "v=0\r\nm=audio 4000 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS + 1),
                "v=0\r\n" + "\r\n".repeat(SdpParser.MAX_CHARS));
        for (String text : tooMuch) {
            assertThatExceptionOfType(SdpException.class).isThrownBy(() -> SdpParser.parse(text));
        }
    }
}
