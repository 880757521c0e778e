package io.trunkline.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatchTest {
    private static final long MILLI = 1_000_000;
    private static final InetSocketAddress ANNOUNCED = at("192.0.2.1", 4000);
    private static final InetSocketAddress SIBLING = at("192.0.2.1", 5000);
    private static final InetSocketAddress STRANGER = at("198.51.100.9", 4000);

    private final Latch latch = new Latch(2000 * MILLI);

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private void announce() {
        latch.announce(ANNOUNCED, List.of(), 0);
    }

    @Test
    void nobodyIsHeardBeforeANegotiation() {
        assertThat(latch.accepts(ANNOUNCED, 0)).isFalse();
        assertThat(latch.remote()).isNull();
    }

    @Test
    void sendsToTheAnnouncedAddressUntilSomebodyIsHeard() {
        announce();
        assertThat(latch.remote()).isEqualTo(ANNOUNCED);
        assertThat(latch.hasLatched()).isFalse();
    }

    @Test
    void aStrangersAddressIsNeverHeard() {
        announce();
        assertThat(latch.accepts(STRANGER, 0)).isFalse();
        assertThat(latch.remote()).isEqualTo(ANNOUNCED);
    }

    @Test
    void aPeerBehindNatIsAnsweredWhereItIsHeard() {
        announce();
        assertThat(latch.accepts(SIBLING, 0)).isTrue();
        assertThat(latch.remote()).isEqualTo(SIBLING);
    }

    @Test
    void anotherPortMayTakeOverAtTheStartOnlyWhenTheFirstIsQuiet() {
        announce();
        latch.accepts(ANNOUNCED, 0);
        assertThat(latch.accepts(SIBLING, 50 * MILLI)).isFalse();
        assertThat(latch.accepts(SIBLING, 500 * MILLI)).isTrue();
    }

    @Test
    void theAnnouncedPortWinsOverAnotherAtTheStart() {
        announce();
        latch.accepts(SIBLING, 0);
        assertThat(latch.accepts(ANNOUNCED, 10 * MILLI)).isTrue();
        assertThat(latch.remote()).isEqualTo(ANNOUNCED);
    }

    @Test
    void afterTheWindowNobodyElseIsHeard() {
        announce();
        latch.accepts(ANNOUNCED, 0);
        assertThat(latch.accepts(SIBLING, 2001 * MILLI)).isFalse();
        assertThat(latch.isLocked()).isTrue();
        assertThat(latch.accepts(SIBLING, 60_000 * MILLI)).isFalse();
        assertThat(latch.accepts(ANNOUNCED, 60_001 * MILLI)).isTrue();
    }

    @Test
    void aNewNegotiationOpensItAgain() {
        announce();
        latch.accepts(ANNOUNCED, 0);
        latch.accepts(ANNOUNCED, 2001 * MILLI);
        InetSocketAddress moved = at("203.0.113.5", 7000);
        latch.announce(moved, List.of(), 3000 * MILLI);
        assertThat(latch.remote()).isEqualTo(moved);
        assertThat(latch.accepts(ANNOUNCED, 3001 * MILLI)).isFalse();
        assertThat(latch.accepts(moved, 3002 * MILLI)).isTrue();
    }

    @Test
    void addressesOfTheTrunkAreHeardAsWell() {
        latch.announce(at("10.0.0.9", 4000), List.of(AddressBlock.parse("192.0.2.0/28")), 0);
        assertThat(latch.accepts(SIBLING, 0)).isTrue();
        assertThat(latch.remote()).isEqualTo(SIBLING);
    }

    @Test
    void blocksContainTheirAddressesAndNoOthers() {
        AddressBlock block = AddressBlock.parse("192.0.2.64/26");
        assertThat(block.contains(InetAddress.ofLiteral("192.0.2.64"))).isTrue();
        assertThat(block.contains(InetAddress.ofLiteral("192.0.2.127"))).isTrue();
        assertThat(block.contains(InetAddress.ofLiteral("192.0.2.128"))).isFalse();
        assertThat(block.contains(InetAddress.ofLiteral("2001:db8::1"))).isFalse();
        assertThat(AddressBlock.parse("2001:db8::/32").contains(InetAddress.ofLiteral("2001:db8:1::1")))
                .isTrue();
        assertThat(AddressBlock.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("8.8.8.8")))
                .isTrue();
        assertThat(AddressBlock.parse("192.0.2.1").contains(InetAddress.ofLiteral("192.0.2.2")))
                .isFalse();
    }
}
