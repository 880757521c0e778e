package io.trunkline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Knocking too often, step by step on a clock of the test's own. */
class BansTest {
    private long now = 5;
    private final Bans bans = new Bans(16, Duration.ofSeconds(2), Duration.ofMinutes(5), () -> now);

    private static InetAddress at(String text) {
        return InetAddress.ofLiteral(text);
    }

    private boolean knock(String address, int times) {
        boolean banned = false;
        for (int i = 0; i < times; i++) {
            banned = bans.knock(at(address));
        }
        return banned;
    }

    @Test
    void bansAtTheSixteenthKnockWithinTwoSecondsAndNobodyElse() {
        assertThat(knock("192.0.2.1", 15)).isFalse();
        assertThat(knock("192.0.2.1", 1)).isTrue();
        assertThat(bans.banned(at("192.0.2.1"))).isTrue();
        assertThat(bans.banned(at("192.0.2.2"))).isFalse();
        assertThat(bans.size()).isEqualTo(1);
    }

    @Test
    void forgivesSlowKnocks() {
        for (int i = 0; i < 40; i++) {
            assertThat(knock("192.0.2.1", 10)).isFalse();
            now += Duration.ofMillis(2100).toNanos();
        }
    }

    @Test
    void liftsTheBanAfterItsTimeHoweverMuchWasKnocked() {
        knock("192.0.2.1", 1000);
        now += Duration.ofSeconds(299).toNanos();
        assertThat(knock("192.0.2.1", 100)).isTrue();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(bans.banned(at("192.0.2.1"))).isFalse();
        assertThat(knock("192.0.2.1", 1)).isFalse();
    }

    @Test
    void countsTheAddressesOfOneIpv6HostTogether() {
        for (int i = 0; i < 16; i++) {
            bans.knock(at("2001:db8::" + i));
        }
        assertThat(bans.banned(at("2001:db8::ffff"))).isTrue();
        assertThat(bans.banned(at("2001:db8:0:1::1"))).isFalse();
    }

    @Test
    void keepsItsBansAndItsBoundInAFloodFromInventedAddresses() throws UnknownHostException {
        knock("192.0.2.1", 16);
        for (int i = 0; i < 50_000; i++) {
            bans.knock(InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}));
        }
        assertThat(bans.banned(at("192.0.2.1"))).isTrue();
        now += Duration.ofSeconds(3).toNanos();
        assertThat(knock("198.51.100.7", 16))
                .as("room again once the flood's knocks are old")
                .isTrue();
    }

    @Test
    void bansNobodyWhenToldSo() {
        Bans never = new Bans(1, Duration.ofSeconds(2), Duration.ZERO, () -> now);
        assertThat(never.knock(at("192.0.2.1"))).isFalse();
    }
}
