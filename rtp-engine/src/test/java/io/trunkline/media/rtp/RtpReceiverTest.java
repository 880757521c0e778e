package io.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trunkline.media.testing.Packets;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpPacket packet = new RtpPacket();

    private long hear(int sequence, long arrivalMillis, int ssrc) {
        packet.parse(Packets.rtp(false, 8, sequence & 0xffff, sequence * 160, ssrc, new byte[1]));
        return receiver.onPacket(packet, arrivalMillis * 1_000_000, 8000);
    }

    @Test
    void countsAcrossManyWrapsOfTheSequence() {
        for (int i = 0; i < 200_000; i++) {
            if (i % 100 != 7) {
                hear(i, i * 20L, 1);
            }
        }
        assertThat(receiver.expected()).isEqualTo(200_000);
        assertThat(receiver.lost()).isEqualTo(2000);
        assertThat(receiver.highestForReport()).isEqualTo(199_999);
    }

    @Test
    void oneWildPacketIsNoPartOfTheStreamAndTwoAreARestart() {
        hear(10, 0, 1);
        long epoch = receiver.epoch();
        assertThat(hear(40_000, 20, 1)).isEqualTo(-1);
        assertThat(hear(11, 40, 1)).isPositive();
        assertThat(receiver.epoch()).isEqualTo(epoch);
        assertThat(hear(40_000, 60, 1)).isEqualTo(-1);
        assertThat(hear(40_001, 80, 1)).isPositive();
        assertThat(receiver.epoch()).isGreaterThan(epoch);
    }

    @Test
    void duplicatesAreNoNegativeLoss() {
        hear(1, 0, 1);
        hear(1, 1, 1);
        hear(1, 2, 1);
        assertThat(receiver.lost()).isZero();
        assertThat(receiver.fractionLostSinceLastReport()).isZero();
    }

    @Test
    void jitterSettlesAtTheMeanDeviation() {
        for (int i = 0; i < 2000; i++) {
            hear(i, i * 20L + (i % 2) * 8L, 1);
        }
        assertThat(receiver.jitter() / 8).isCloseTo(8, within(0.3));
    }

    @Test
    void theFractionIsOfTheTimeSinceTheLastReport() {
        for (int i = 0; i < 100; i++) {
            hear(i, i * 20L, 1);
        }
        assertThat(receiver.fractionLostSinceLastReport()).isZero();
        for (int i = 100; i < 200; i += 2) {
            hear(i, i * 20L, 1);
        }
        assertThat(receiver.fractionLostSinceLastReport()).isBetween(124, 129);
    }
}
