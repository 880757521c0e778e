package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.TrunkStatus;
import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Timers;
import io.trunkline.sip.wire.ClientTx;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.Replies;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Wire;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A registration follows our address, in steps of a clock that is turned by hand. */
class RebindTest {
    private final List<String> contacts = new ArrayList<>();
    private final List<TrunkStatus> told = new ArrayList<>();
    private final Later later = new Later();
    private String address = "192.0.2.10:5060";
    private int code = 200;

    private final TrunkWatch watch = new TrunkWatch(
            new Registrar(),
            later,
            Trunk.peer("t", new Trunk.Host("203.0.113.1", 5060, Transport.UDP, 1, 1))
                    .edit()
                    .register(true)
                    .build(),
            told::add);

    @Test
    void registersAnewWithinSecondsWhenOurAddressIsAnother() {
        watch.start();
        later.turn(Duration.ofSeconds(20));
        assertThat(contacts).containsExactly("<sip:trunkline@192.0.2.10:5060>");
        address = "198.51.100.7:6060";
        later.turn(Duration.ofSeconds(3));
        assertThat(contacts).hasSize(2).last().isEqualTo("<sip:trunkline@198.51.100.7:6060>");
        later.turn(Duration.ofSeconds(20));
        assertThat(contacts).as("and then no more").hasSize(2);
        assertThat(told.getLast().registered()).contains(true);
    }

    @Test
    void refreshesInTimeAndWaitsLongerAfterEachRefusal() {
        watch.start();
        later.turn(Duration.ofSeconds(590));
        assertThat(contacts).as("600 s were granted").hasSize(2);
        code = 503;
        later.turn(Duration.ofMinutes(8));
        assertThat(contacts).as("at 960 s, and after 2, 4, 8, 16 and 32 more").hasSize(2 + 6);
        later.turn(Duration.ofMinutes(10));
        code = 200;
        later.turn(Duration.ofSeconds(310));
        assertThat(told.getLast().registered()).contains(true);
    }

    /** Timers on a clock of the test's. */
    private static final class Later implements Timers {
        private record Due(long at, Runnable task) {}

        private final List<Due> due = new ArrayList<>();
        private long now;

        @Override
        public Timer after(Duration delay, Runnable task) {
            Due one = new Due(now + delay.toMillis(), task);
            due.add(one);
            return () -> due.remove(one);
        }

        private Optional<Due> before(long end) {
            return due.stream().filter(one -> one.at <= end).min((a, b) -> Long.compare(a.at, b.at));
        }

        void turn(Duration time) {
            long end = now + time.toMillis();
            for (Optional<Due> next = before(end); next.isPresent(); next = before(end)) {
                due.remove(next.get());
                now = next.get().at;
                next.get().task.run();
            }
            now = end;
        }
    }

    /** Answers each request at once, on the thread that sends it. */
    private final class Registrar implements Ground, Wire {
        @Override
        public Wire wire() {
            return this;
        }

        @Override
        public Timers timers() {
            return later;
        }

        @Override
        public Executor threads() {
            return Runnable::run;
        }

        @Override
        public Iterator<Hop> hops(Trunk trunk) {
            return List.of(at(trunk)).iterator();
        }

        @Override
        public Optional<Trunk> trunkAt(String host, int port) {
            return Optional.empty();
        }

        @Override
        public Hop hop(String uri, Hop heard, Trunk trunk) {
            return at(trunk);
        }

        private static Hop at(Trunk trunk) {
            return new Hop(
                    InetAddress.ofLiteral("203.0.113.1"), 5060, Transport.UDP, "203.0.113.1", Optional.of(trunk.tls()));
        }

        @Override
        public void opened(InviteDialog dialog) {}

        @Override
        public void closed(InviteDialog dialog) {}

        @Override
        public void onSent(Trunk trunk) {}

        @Override
        public void onAttempt(Trunk trunk, boolean reachable) {}

        @Override
        public ClientTx send(SipRequest request, Hop hop, Replies replies) {
            contacts.add(request.header("Contact").orElse(""));
            replies.onResponse(new SipResponse(
                    code, "", Headers.NONE.with("CSeq", request.header("CSeq")).with("Expires", "600"), ""));
            return new ClientTx() {
                @Override
                public void cancel(Headers extra) {}

                @Override
                public void abandon() {}
            };
        }

        @Override
        public void sendAlone(SipRequest request, Hop hop) {}

        @Override
        public String contactHostPort(Hop hop) {
            return address;
        }

        @Override
        public String localHost(Hop hop) {
            return "192.0.2.10";
        }

        @Override
        public void keepAlive(Hop hop) {}

        @Override
        public boolean refuses(Hop hop) {
            return false;
        }
    }
}
