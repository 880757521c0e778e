package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A switch and a carrier, both real stacks on UDP in one JVM. */
class CallsBetweenTwoStacksTest {
    private Switchboard ours;
    private Switchboard carrier;

    @BeforeEach
    void start() {
        ours = new Switchboard("switch");
        carrier = new Switchboard("carrier");
        ours.trunks(Trunk.peer("t1", Switchboard.udp(carrier.port)));
        carrier.trunks(Trunk.peer("customer", Switchboard.udp(ours.port)));
    }

    @AfterEach
    void stop() {
        ours.close();
        carrier.close();
    }

    @Test
    void ringsAnswersAndIsHungUpByTheCaller() {
        CallLog log = new CallLog();
        SipCall call = ours.call("t1", "+15550100001", log);
        log.await(SipEvent.Sent.class);
        Switchboard.Inbound in = carrier.answerable();
        assertThat(in.invite().to()).isEqualTo("+15550100001");
        assertThat(in.invite().from()).isEqualTo("+15550100000");
        assertThat(in.invite().trunkId()).isEqualTo("customer");
        assertThat(in.invite().sdp()).contains(Sdps.offer(40000));
        in.call().ring("");
        assertThat(log.await(SipEvent.Ringing.class).code()).isEqualTo(180);
        in.call().answer(Sdps.offer(50000));
        assertThat(log.await(SipEvent.Answered.class).sdp()).contains(Sdps.offer(50000));
        assertThat(in.log().await(SipEvent.Confirmed.class).sdp()).isEmpty();
        assertThat(call.snapshot()).isNotEmpty();

        call.hangup(Reason.HANGUP_LOCAL);
        SipEnd mine = log.awaitEnd();
        assertThat(mine.reason()).isEqualTo(Reason.HANGUP_LOCAL);
        assertThat(mine.answered()).isTrue();
        SipEnd theirs = in.log().awaitEnd();
        assertThat(theirs.reason()).isEqualTo(Reason.HANGUP_REMOTE);
        assertThat(theirs.q850()).contains(16);
        nothingIsLeft();
    }

    @Test
    void isHungUpByTheCallee() {
        CallLog log = new CallLog();
        ours.call("t1", "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().answer(Sdps.offer(50000));
        log.await(SipEvent.Answered.class);
        in.log().await(SipEvent.Confirmed.class);
        in.call().hangup(Reason.HANGUP_LOCAL);
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.HANGUP_LOCAL);
        nothingIsLeft();
    }

    @Test
    void hangsUpEvenWhenTheCalleeEndsItBeforeTheAckCame() {
        CallLog log = new CallLog();
        ours.call("t1", "+15550100001", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().answer(Sdps.offer(50000));
        in.call().hangup(Reason.HANGUP_LOCAL);
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.HANGUP_REMOTE);
        assertThat(log.all(SipEvent.Answered.class)).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void carriesEarlyMediaBeforeTheAnswer() {
        CallLog log = new CallLog();
        ours.call("t1", "+15550100010", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().ring("");
        in.call().ring(Sdps.offer(50002));
        log.await(SipEvent.Ringing.class);
        SipEvent.EarlyMedia early = log.await(SipEvent.EarlyMedia.class);
        assertThat(early.code()).isEqualTo(183);
        assertThat(early.sdp()).isEqualTo(Sdps.offer(50002));
        in.call().answer(Sdps.offer(50002));
        log.await(SipEvent.Answered.class);
    }

    @Test
    void keepsTheOrderOf180And200EvenWhenTheyComeTogether() {
        for (int i = 0; i < 50; i++) {
            CallLog log = new CallLog();
            SipCall call = ours.call("t1", "+15550100001", log);
            Switchboard.Inbound in = carrier.answerable();
            in.call().ring("");
            in.call().answer(Sdps.offer(50000));
            log.await(SipEvent.Ringing.class);
            log.await(SipEvent.Answered.class);
            call.hangup(Reason.HANGUP_LOCAL);
            log.awaitEnd();
        }
        nothingIsLeft();
    }

    @Test
    void cancelsWhileItRingsAndReportsThe487() {
        CallLog log = new CallLog();
        SipCall call = ours.call("t1", "+15550100004", log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().ring("");
        log.await(SipEvent.Ringing.class);
        call.hangup(Reason.HANGUP_LOCAL);
        SipEnd end = log.awaitEnd();
        assertThat(end.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(end.fault()).isEqualTo(Fault.CALLER);
        assertThat(end.sipCode()).isEqualTo(487);
        assertThat(end.answered()).isFalse();
        assertThat(in.log().awaitEnd().reason()).isEqualTo(Reason.CANCELLED);
        nothingIsLeft();
    }

    @Test
    void givesUpRingingAtTheTimeoutWithACancel() {
        CallLog log = new CallLog();
        ours.stack.invite(Switchboard.request("t1", "+15550100004", Duration.ofMillis(700)), log);
        Switchboard.Inbound in = carrier.answerable();
        in.call().ring("");
        SipEnd end = log.awaitEnd();
        assertThat(end.reason()).isEqualTo(Reason.RING_TIMEOUT);
        assertThat(end.sipCode()).isEqualTo(487);
        assertThat(in.log().awaitEnd().sipCode()).isEqualTo(487);
        nothingIsLeft();
    }

    @Test
    void tellsBusyFromDeclinedFromNotFoundAndKeepsThePhrase() {
        assertThat(refused(486, "Busy Here")).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(Reason.BUSY);
            assertThat(e.fault()).isEqualTo(Fault.THEIRS);
            assertThat(e.phrase()).isEqualTo("Busy Here");
            assertThat(e.mayTryElsewhere()).isFalse();
        });
        assertThat(refused(600, "Busy Everywhere").reason()).isEqualTo(Reason.BUSY);
        assertThat(refused(603, "Decline").reason()).isEqualTo(Reason.DECLINED);
        assertThat(refused(404, "Not Found").reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refused(480, "Nobody home").reason()).isEqualTo(Reason.NO_ANSWER);
        assertThat(refused(403, "SIP server X does not match").phrase()).isEqualTo("SIP server X does not match");
        assertThat(refused(503, "Service Unavailable")).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(Reason.TRUNK_ERROR);
            assertThat(e.mayTryElsewhere()).isTrue();
        });
        nothingIsLeft();
    }

    private SipEnd refused(int code, String phrase) {
        CallLog log = new CallLog();
        ours.call("t1", "+15550100003", log);
        carrier.answerable().call().reject(code, phrase);
        SipEnd end = log.awaitEnd();
        assertThat(end.sipCode()).isEqualTo(code);
        assertThat(end.answered()).isFalse();
        return end;
    }

    @Test
    void triesTheNextHostWhenTheFirstIsOverloadedAndNotWhenThePersonDeclines() {
        try (Switchboard second = new Switchboard("second")) {
            second.trunks(Trunk.peer("customer", Switchboard.udp(ours.port)));
            ours.trunks(twoHosts(carrier.port, second.port));
            CallLog log = new CallLog();
            ours.call("t1", "+15550100012", log);
            carrier.answerable().call().reject(503, "Overloaded");
            second.answerable().call().answer(Sdps.offer(50000));
            log.await(SipEvent.Answered.class);
            assertThat(log.all(SipEvent.Sent.class)).hasSize(2);

            CallLog declined = new CallLog();
            ours.call("t1", "+15550100005", declined);
            carrier.answerable().call().reject(603, "Decline");
            assertThat(declined.awaitEnd().reason()).isEqualTo(Reason.DECLINED);
            assertThat(declined.all(SipEvent.Sent.class)).hasSize(1);
        }
    }

    @Test
    void triesTheNextHostWhenTheFirstSaysNothing() {
        try (ScriptedPhone mute = new ScriptedPhone()) {
            triesTheSecondHost(mute.port(), Duration.ofSeconds(6));
        }
    }

    @Test
    void triesTheNextHostWithinASecondWhenNobodyListensOnTheFirst() {
        triesTheSecondHost(FreePorts.next(), Duration.ofSeconds(3));
    }

    private void triesTheSecondHost(int firstPort, Duration limit) {
        ours.trunks(twoHosts(firstPort, carrier.port));
        CallLog log = new CallLog();
        long start = System.nanoTime();
        ours.call("t1", "+15550100001", log);
        carrier.answerable().call().answer(Sdps.offer(50000));
        log.await(SipEvent.Answered.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    }

    private static Trunk twoHosts(int first, int second) {
        Trunk peer = Trunk.peer("t1", Switchboard.udp(first));
        Trunk.Host backup = new Trunk.Host("127.0.0.1", second, Trunk.Transport.UDP, 20, 1);
        return TrunkChange.of(peer)
                .hosts(List.of(Switchboard.udp(first), backup))
                .trunk();
    }

    @Test
    void saysNothingToAStrangerAndCountsIt() throws IOException {
        carrier.trunks(
                TrunkChange.of(Trunk.peer("customer", new Trunk.Host("192.0.2.1", 5060, Trunk.Transport.UDP, 1, 1)))
                        .trunk());
        try (DatagramSocket stranger = new DatagramSocket()) {
            stranger.setSoTimeout(700);
            String options = "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + stranger.getLocalPort()
                    + ";branch=z9hG4bKx;rport\r\nFrom: <sip:x@y>;tag=1\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: s1\r\n"
                    + "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
            for (String text : List.of(options, "garbage that does not parse\r\n\r\n")) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                stranger.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), carrier.port));
            }
            Await.until("both counted", () -> carrier.stack.stats().strangersIgnored() == 2);
            org.junit.jupiter.api.Assertions.assertThrows(
                    SocketTimeoutException.class, () -> stranger.receive(new DatagramPacket(new byte[2000], 2000)));
        }
    }

    @Test
    void refusesToPutAUsersLineBreaksAndBracketsIntoSip() {
        for (String to :
                List.of("+1555\r\nX-Evil: 1", "+1555>;x=1", "sip:a;b=c@h", "sip:a@h?Subject=x", "sip:a%0d@h\r\n", "")) {
            CallLog log = new CallLog();
            ours.call("t1", to, log);
            assertThat(log.awaitEnd().reason()).as(to).isEqualTo(Reason.BAD_REQUEST);
            assertThat(log.all(SipEvent.Sent.class)).isEmpty();
        }
        for (Map<String, String> headers : List.of(
                Map.of("X-A", "b\r\nX-Evil: 1"),
                Map.of("X-A\r\nX-Evil", "1"),
                Map.of("Via", "x"),
                Map.of("X A", "1"))) {
            CallLog log = new CallLog();
            ours.stack.invite(
                    new InviteRequest(
                            "t1",
                            "+15550100001",
                            "+15550100000",
                            Optional.empty(),
                            false,
                            Sdps.offer(40000),
                            Duration.ofSeconds(5),
                            headers),
                    log);
            assertThat(log.awaitEnd().reason()).as(headers.toString()).isEqualTo(Reason.BAD_REQUEST);
        }
        nothingIsLeft();
    }

    @Test
    void tellsTwoTrunksOfOneAddressApartByTheirPort() {
        try (Switchboard other = new Switchboard("other")) {
            other.trunks(Trunk.peer("c", Switchboard.udp(carrier.port)));
            carrier.trunks(
                    Trunk.peer("first", Switchboard.udp(ours.port)), Trunk.peer("second", Switchboard.udp(other.port)));
            ours.call("t1", "+15550100001", new CallLog());
            assertThat(carrier.answerable().invite().trunkId()).isEqualTo("first");
            other.call("c", "+15550100001", new CallLog());
            assertThat(carrier.answerable().invite().trunkId()).isEqualTo("second");
        }
    }

    @Test
    void keepsEveryMessageInTheTraceWithTimeAndDirection() {
        CallLog log = new CallLog();
        SipCall call = ours.call("t1", "+15550100001", log);
        SipCall there = carrier.answerable().call();
        there.answer(Sdps.offer(50000));
        log.await(SipEvent.Answered.class);
        Await.until(
                "ACK traced",
                () -> call.trace().stream().anyMatch(e -> e.message().startsWith("ACK ")));
        assertThat(call.trace())
                .extracting(e -> (e.sent() ? "-> " : "<- ") + e.message().split("[ \r]", 2)[0])
                .containsSubsequence("-> INVITE", "<- SIP/2.0", "-> ACK");
        assertThat(call.trace().getFirst().remote()).isEqualTo("127.0.0.1:" + carrier.port);
        TraceEntry arrived = there.trace().getFirst();
        assertThat(arrived.sent()).isFalse();
        assertThat(arrived.message()).startsWith("INVITE ");
        assertThat(arrived.remote()).isEqualTo("127.0.0.1:" + ours.port);
        assertThat(arrived.local()).isEqualTo("127.0.0.1:" + carrier.port);
    }

    private void nothingIsLeft() {
        for (Switchboard side : List.of(ours, carrier)) {
            Await.until("dialogs and timers gone: " + side.stack.stats(), () -> {
                SipStats stats = side.stack.stats();
                return stats.dialogs() == 0 && stats.timers() == 0;
            });
        }
    }
}
