package io.trunkline.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents on a network of the test's own, moved by hand. */
class IceAgentTest {
    private static final InetSocketAddress HERE = address("192.0.2.1", 1000);
    private static final InetSocketAddress THERE = address("192.0.2.2", 2000);
    private static final InetSocketAddress DEAD = address("192.0.2.9", 9);

    private record Travelling(ByteBuffer message, InetSocketAddress from, InetSocketAddress to) {}

    private final IceCredentials hereKeys = IceCredentials.random();
    private final IceCredentials thereKeys = IceCredentials.random();
    private final Deque<Travelling> network = new ArrayDeque<>();
    private final List<Travelling> delivered = new ArrayList<>();
    private IceAgent here = agent(hereKeys, false, HERE);
    private IceAgent there = agent(thereKeys, false, THERE);
    private boolean cut;
    private long now = 1_000_000_000L;

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private IceAgent agent(IceCredentials keys, boolean lite, InetSocketAddress from) {
        return new IceAgent(keys, lite, (message, to) -> network.add(new Travelling(message.duplicate(), from, to)));
    }

    private static IceRemote remote(IceCredentials keys, boolean lite, InetSocketAddress... addresses) {
        List<IceCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            candidates.add(IceCandidate.host(addresses[i], 0xffff - i));
        }
        return new IceRemote(keys, candidates, lite);
    }

    private void run(int millis) {
        for (int i = 0; i < millis; i += 20) {
            now += 20_000_000L;
            here.onTick(now);
            there.onTick(now);
            deliver();
        }
    }

    private void deliver() {
        while (!network.isEmpty()) {
            Travelling one = network.removeFirst();
            delivered.add(one);
            if (!cut && one.to().equals(HERE)) {
                here.onStun(one.message(), one.from(), now);
            } else if (!cut && one.to().equals(THERE)) {
                there.onStun(one.message(), one.from(), now);
            }
        }
    }

    @Test
    void twoFullAgentsNominateThePairThatWorks() {
        connect();
        assertThat(here.selected()).isEqualTo(THERE);
        assertThat(there.selected()).isEqualTo(HERE);
    }

    private void connect() {
        here.start(remote(thereKeys, false, DEAD, THERE), true, now);
        there.start(remote(hereKeys, false, HERE), false, now);
        run(1000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRoleConflictIsSettled(boolean bothControl) {
        here.start(remote(thereKeys, false, THERE), bothControl, now);
        there.start(remote(hereKeys, false, HERE), bothControl, now);
        run(4000);

        assertThat(here.selected()).isEqualTo(THERE);
        assertThat(there.selected()).isEqualTo(HERE);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aLitePeerIsControlledWhoeverOffered(boolean weOffered) {
        there = agent(thereKeys, true, THERE);
        here.start(remote(thereKeys, true, THERE), weOffered, now);
        there.start(remote(hereKeys, false, HERE), !weOffered, now);
        run(1000);

        assertThat(here.selected()).isEqualTo(THERE);
        assertThat(there.selected()).isEqualTo(HERE);
        assertThat(delivered.stream().filter(one -> one.from().equals(THERE)))
                .allMatch(one -> one.message().getShort(0) == StunMessage.BINDING_SUCCESS);
    }

    /** As with a browser that hides its address behind a name, or trickles. */
    @Test
    void aPeerWithoutCandidatesIsFoundByItsOwnChecks() {
        here.start(remote(thereKeys, false), false, now);
        there.start(remote(hereKeys, false, HERE), true, now);
        run(1000);

        assertThat(here.selected()).isEqualTo(THERE);
    }

    @Test
    void checksThatComeBeforeTheAnswerAreAnsweredAndRemembered() {
        there.start(remote(hereKeys, false, HERE), true, now);
        run(200);
        here.start(remote(thereKeys, false), false, now);
        run(1000);

        assertThat(here.selected()).isEqualTo(THERE);
        assertThat(there.selected()).isEqualTo(HERE);
    }

    @Test
    void anotherPasswordIsNobody() {
        here.start(remote(new IceCredentials(thereKeys.ufrag(), "x".repeat(24)), false, THERE), true, now);
        there.start(remote(hereKeys, false, HERE), false, now);
        run(25_000);

        assertThat(here.selected()).isNull();
        assertThat(here.hasFailed(now)).isTrue();
    }

    @Test
    void aPeerThatStopsConsentingIsLostAfterThirtySeconds() {
        connect();
        run(40_000);
        assertThat(here.hasFailed(now)).as("it goes on while it is answered").isFalse();
        cut = true;
        run(20_000);
        assertThat(here.hasFailed(now)).isFalse();
        run(20_000);
        assertThat(here.hasFailed(now)).isTrue();
    }

    @Test
    void otherCredentialsRestartTheChecks() {
        connect();
        InetSocketAddress moved = address("192.0.2.3", 3000);
        IceCredentials fresh = IceCredentials.random();
        here.start(remote(fresh, false, moved), true, now);

        assertThat(here.selected()).isNull();
    }

    @Test
    void candidatesAreReadAsBrowsersWriteThem() {
        assertThat(IceCandidate.parse("candidate:1 1 UDP 2122260223 192.0.2.7 54321 typ host generation 0 ufrag x"))
                .hasValueSatisfying(
                        candidate -> assertThat(candidate.address()).isEqualTo(address("192.0.2.7", 54_321)));
        assertThat(IceCandidate.parse("1 1 udp 1 2001:db8::1 9 typ srflx raddr 0.0.0.0 rport 0"))
                .isPresent();
        for (String unusable : List.of(
                "1 1 udp 1 8f2a5c1e-1d2c.local 54321 typ host",
                "1 1 tcp 1 192.0.2.7 9 typ host tcptype active",
                "1 2 udp 1 192.0.2.7 54322 typ host",
                "1 1 udp 99999999999 192.0.2.7 1 typ host",
                "1 1 udp 1 192.0.2.7 70000 typ host",
                "1 1 udp 1 224.0.0.1 7000 typ host",
                "nonsense")) {
            assertThat(IceCandidate.parse(unusable)).as(unusable).isEmpty();
        }
    }
}
