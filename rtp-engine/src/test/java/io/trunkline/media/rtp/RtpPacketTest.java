package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trunkline.media.testing.Packets;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private static ByteBuffer hex(String text) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    @Test
    void readsEveryFieldOfAHeader() {
        assertThat(packet.parse(Packets.rtp(true, 101, 65_535, 0xfedcba98, 0x12345678, new byte[4])))
                .isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(101);
        assertThat(packet.sequence()).isEqualTo(65_535);
        assertThat(packet.timestamp()).isEqualTo(0xfedcba98);
        assertThat(packet.ssrc()).isEqualTo(0x12345678);
        assertThat(packet.payloadOffset()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(4);
    }

    @Test
    void skipsContributorsAndExtensionAndCutsPadding() {
        // two CSRCs, an extension of one word, payload aa bb, two bytes of padding
        ByteBuffer datagram = hex("b2 08 0001 00000002 00000003 00000004 00000005 bede0001 01020304 aabb 0002");
        assertThat(packet.parse(datagram)).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(2);
        assertThat(datagram.get(packet.payloadOffset())).isEqualTo((byte) 0xaa);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8008 0001 00000002 000000", // short
                "4008 0001 00000002 00000003", // version 1
                "8f08 0001 00000002 00000003 00000004", // fifteen contributors that are not there
                "9008 0001 00000002 00000003", // extension without its header
                "9008 0001 00000002 00000003 bedeffff", // extension longer than the packet
                "a008 0001 00000002 00000003", // padding without a byte to say how much
                "a008 0001 00000002 00000003 00", // padding of none
                "a008 0001 00000002 00000003 aa05" // more padding than there is
            })
    void whatIsNotWellFormedIsRefused(String text) {
        assertThat(packet.parse(hex(text))).isFalse();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ByteBuffer out = ByteBuffer.allocate(64);
        RtpPacket.putHeader(out, true, 8, 4711, -5, -7);
        assertThat(packet.parse(out.put((byte) 1).flip())).isTrue();
        assertThat(packet.sequence()).isEqualTo(4711);
        assertThat(packet.timestamp()).isEqualTo(-5);
        assertThat(packet.ssrc()).isEqualTo(-7);
        assertThat(packet.payloadLength()).isEqualTo(1);
    }

    @FuzzTest(maxDuration = "10s")
    void noBytesBreakIt(byte[] bytes) {
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        if (packet.parse(datagram)) {
            assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(bytes.length);
            assertThat(packet.payloadLength()).isNotNegative();
        }
    }
}
