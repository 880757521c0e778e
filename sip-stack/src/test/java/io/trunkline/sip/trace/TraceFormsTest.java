package io.trunkline.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.TraceEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // a text block ends its lines with LF alone
class TraceFormsTest {
    private static TraceEntry entry(boolean sent, String message) {
        return new TraceEntry(
                Instant.parse("2026-01-02T03:04:05.678Z"), sent, "udp", "127.0.0.1:5060", "192.0.2.7:5080", message);
    }

    private static final TraceEntry INVITE =
            entry(true, "INVITE sip:a@b SIP/2.0\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n");
    private static final TraceEntry BUSY = entry(false, "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n");

    @Test
    void drawsALadder() {
        String text = TraceEntry.text(List.of(INVITE, BUSY));
        assertThat(text).contains("03:04:05.678  ──▶ 192.0.2.7:5080/udp  INVITE sip:a@b +SDP");
        assertThat(text).contains("◀── 192.0.2.7:5080/udp  486 Busy Here (INVITE)");
        assertThat(text).contains("v=0");
    }

    @Test
    void writesAPacketCaptureThatGivesTheMessageBack() {
        ByteBuffer file =
                ByteBuffer.wrap(TraceEntry.pcap(List.of(INVITE, BUSY))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt(0)).isEqualTo(0xa1b2c3d4);
        int length = file.getInt(24 + 8);
        assertThat(length).isEqualTo(28 + INVITE.message().length());
        file.order(ByteOrder.BIG_ENDIAN);
        int ip = 24 + 16;
        assertThat(file.get(ip)).isEqualTo((byte) 0x45);
        assertThat(file.getInt(ip + 12)).isEqualTo(0x7f000001);
        assertThat(file.getShort(ip + 22)).isEqualTo((short) 5080);
        assertThat(new String(file.array(), ip + 28, length - 28, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(INVITE.message());
    }

    @Test
    void masksDigestAnswersAndSrtpKeys() {
        TraceRing ring = new TraceRing();
        ring.add(entry(
                true,
                "BYE sip:a@b SIP/2.0\r\nProxy-Authorization: Digest username=\"u\",response=\"abc123\",cnonce=\"zz9\"\r\n\r\n"
                        + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEYKEYKEY|2^31\r\n"));
        assertThat(ring.entries().getFirst().message())
                .doesNotContain("abc123", "KEYKEYKEY")
                .contains("username=\"u\"");
    }

    @Test
    void keepsTheFirstMessageAndTheLastOnesWhenThereAreTooMany() {
        TraceRing ring = new TraceRing();
        ring.add(INVITE);
        for (int i = 0; i < 500; i++) {
            ring.add(entry(false, "INFO " + i));
        }
        assertThat(ring.entries()).hasSize(200);
        assertThat(ring.entries().getFirst()).isEqualTo(INVITE);
        assertThat(ring.entries().getLast().message()).isEqualTo("INFO 499");
    }
}
