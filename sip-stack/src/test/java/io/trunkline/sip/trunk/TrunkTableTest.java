package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.TrunkChange;
import io.trunkline.sip.wire.Source;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a call in is. */
class TrunkTableTest {
    private static Trunk trunk(String id, String host, int port, String... allowFrom) {
        return TrunkChange.of(Trunk.peer(id, new Trunk.Host(host, port, Transport.UDP, 1, 1)))
                .allowFrom(allowFrom)
                .trunk();
    }

    private static Optional<String> caller(List<Trunk> trunks, String address, int port) {
        Source source = new Source(InetAddress.ofLiteral(address), port, Transport.UDP, Optional.empty());
        return new TrunkTable(trunks, new JndiDns()).caller(source).map(Trunk::id);
    }

    @Test
    void takesAHostsAddressFromAnyPortUnlessAllowFromNamesASocketOfIt() {
        Trunk loose = trunk("loose", "192.0.2.1", 5060);
        assertThat(caller(List.of(loose), "192.0.2.1", 40000)).contains("loose");
        Trunk strict = trunk("strict", "192.0.2.1", 5060, "192.0.2.1:5060");
        assertThat(caller(List.of(strict), "192.0.2.1", 5060)).contains("strict");
        assertThat(caller(List.of(strict), "192.0.2.1", 40000)).isEmpty();
        assertThat(new TrunkTable(List.of(strict), new JndiDns()).admits(InetAddress.ofLiteral("192.0.2.1"), 40000))
                .isFalse();
    }

    @Test
    void theMostSpecificRangeWins() {
        List<Trunk> trunks = List.of(
                trunk("wide", "198.51.100.1", 5060, "203.0.113.0/24"),
                trunk("narrow", "198.51.100.2", 5060, "203.0.113.128/25"));
        assertThat(caller(trunks, "203.0.113.200", 5060)).contains("narrow");
        assertThat(caller(trunks, "203.0.113.20", 5060)).contains("wide");
    }

    @Test
    void thenTheMatchingSourcePortThenTheOldest() {
        List<Trunk> trunks = List.of(trunk("a", "192.0.2.1", 5060), trunk("b", "192.0.2.1", 5080));
        assertThat(caller(trunks, "192.0.2.1", 5080)).contains("b");
        assertThat(caller(trunks, "192.0.2.1", 5090)).contains("a");
    }

    @Test
    void knowsSocketsOfIpv6() {
        Trunk six = trunk("six", "2001:db8::1", 5060, "[2001:db8::1]:5060");
        assertThat(caller(List.of(six), "2001:db8::1", 5060)).contains("six");
        assertThat(caller(List.of(six), "2001:db8::1", 5061)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.0/33",
                "sip.example.net",
                "203.0.113.1:0",
                "203.0.113.1:65536",
                "203.0.113.0/24:5060",
                "tls:",
                "tls:a b",
                "::1]:5060",
                ""
            })
    void takesNothingIntoAllowFromThatIsNeitherAddressNorRangeNorSocketNorName(String wrong) {
        assertThat(Trunk.mayAllow(wrong)).isFalse();
    }

    @Test
    void givesMediaTheAddressesWithoutPorts() {
        Trunk trunk = trunk("t", "192.0.2.1", 5060, "192.0.2.1:5060", "203.0.113.0/24", "tls:sip.example.net");
        assertThat(trunk.allowedAddresses()).containsExactly("192.0.2.1/32", "203.0.113.0/24");
    }
}
