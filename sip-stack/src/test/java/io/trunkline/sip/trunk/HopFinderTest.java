package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.wire.Hop;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which host comes first, and where a dialog's requests really go. */
class HopFinderTest {
    private static final Dns LITERALS = new Dns() {
        @Override
        public List<InetAddress> addresses(String host) {
            return List.of(InetAddress.ofLiteral(host));
        }

        @Override
        public List<Target> services(String domain, Transport transport) {
            return List.of();
        }
    };

    private final HopFinder finder = new HopFinder(LITERALS, new Random(3263));

    private static Trunk.Host host(String address, int priority, int weight) {
        return new Trunk.Host(address, 5060, Transport.UDP, priority, weight);
    }

    private static Hop heard(String address) {
        return new Hop(InetAddress.ofLiteral(address), 5070, Transport.UDP, address, Optional.empty());
    }

    @Test
    void ordersByPriorityAndSharesByWeight() {
        Trunk.Host backup = host("192.0.2.3", 20, 100);
        List<Trunk.Host> hosts = List.of(backup, host("192.0.2.1", 10, 1), host("192.0.2.2", 10, 3));
        int heavy = 0;
        for (int i = 0; i < 4000; i++) {
            List<Trunk.Host> ordered = finder.ordered(hosts);
            assertThat(ordered).hasSize(3).last().isEqualTo(backup);
            heavy += ordered.getFirst().weight() == 3 ? 1 : 0;
        }
        assertThat(heavy).isBetween(2850, 3150);
    }

    @Test
    void takesHostsWithoutWeightInTheirOrder() {
        List<Trunk.Host> hosts = List.of(host("192.0.2.1", 10, 0), host("192.0.2.2", 10, 0));
        assertThat(finder.ordered(hosts)).isEqualTo(hosts);
    }

    @Test
    void answersAPeerBehindItsNatWhereItWasHeard() {
        Trunk trunk = Trunk.peer("t", host("198.51.100.1", 1, 1));
        Hop heard = heard("198.51.100.1");
        assertThat(finder.hop("sip:x@192.168.1.20:5060", heard, trunk)).isEqualTo(heard);
        assertThat(finder.hop("sip:x@10.0.0.9", heard, trunk)).isEqualTo(heard);
        assertThat(finder.hop("sip:x@0.0.0.0", heard, trunk)).isEqualTo(heard);
        assertThat(finder.hop("not a uri", heard, trunk)).isEqualTo(heard);
        assertThat(finder.hop("sip:x@203.0.113.7:5080", heard, trunk)).hasToString("203.0.113.7:5080/UDP");
        assertThat(finder.hop("sip:x@10.0.0.9", heard("10.0.0.1"), trunk)).hasToString("10.0.0.9:5060/UDP");
    }
}
