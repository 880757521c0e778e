package io.trunkline.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.net.PacketDemux.Kind;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketDemuxTest {
    @ParameterizedTest
    @CsvSource({
        "0,0,STUN",
        "3,0,STUN",
        "4,0,UNKNOWN",
        "15,0,UNKNOWN",
        "16,0,ZRTP",
        "19,0,ZRTP",
        "20,0,DTLS",
        "63,0,DTLS",
        "64,0,TURN_CHANNEL",
        "79,0,TURN_CHANNEL",
        "80,0,UNKNOWN",
        "127,0,UNKNOWN",
        "128,8,RTP",
        "128,136,RTP",
        "128,191,RTP",
        "128,192,RTCP",
        "128,200,RTCP",
        "191,223,RTCP",
        "191,224,RTP",
        "192,0,UNKNOWN",
        "255,0,UNKNOWN"
    })
    void theFirstTwoBytesTell(int first, int second, Kind kind) {
        ByteBuffer datagram = ByteBuffer.wrap(new byte[] {(byte) first, (byte) second, 0, 0});
        assertThat(PacketDemux.classify(datagram)).isEqualTo(kind);
    }

    @Test
    void aSingleByteIsNothing() {
        assertThat(PacketDemux.classify(ByteBuffer.wrap(new byte[] {(byte) 0x80})))
                .isEqualTo(Kind.UNKNOWN);
    }
}
