package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a trunk's settings change in the messages that leave: one test a setting. */
class TrunkHabitsTest {
    private static Switchboard ours;
    private final CallLog log = new CallLog();
    private ScriptedPhone phone;
    private Trunk trunk;

    @BeforeAll
    static void start() {
        ours = new Switchboard("habits");
    }

    @AfterAll
    static void stop() {
        ours.close();
    }

    @BeforeEach
    void hire() {
        phone = new ScriptedPhone();
        trunk = Trunk.peer("t", Switchboard.udp(phone.port()));
    }

    @AfterEach
    void fire() {
        ours.trunks();
        phone.close();
        Await.until("nothing is left", () -> ours.stack.stats().dialogs() == 0);
    }

    private SipCall call(String to) {
        return ours.call("t", to, log);
    }

    private RawMessage refusedInvite() {
        call("+15550100001");
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 486, "Busy Here", "a");
        phone.expect("ACK");
        log.awaitEnd();
        return invite;
    }

    @Test
    void saysWhoCallsAsTheIdentityOfTheTrunkWants() {
        ours.trunks(TrunkChange.of(trunk)
                .with(t -> t.identity(new Trunk.Identity(
                        Optional.of("me"), Optional.of("home.example"), true, true, true, Optional.of("+15550109999"))))
                .trunk());
        RawMessage invite = refusedInvite();
        assertThat(invite.header("From")).contains("<sip:me@home.example>");
        assertThat(invite.header("P-Asserted-Identity")).contains("<sip:+15550100000@home.example>");
        assertThat(invite.header("P-Preferred-Identity")).contains("<sip:+15550100000@home.example>");
        assertThat(invite.header("Remote-Party-ID")).contains("party=calling").contains("privacy=off");
        assertThat(invite.header("Diversion")).contains("+15550109999");
    }

    @Test
    void writesNumbersAsTheTrunkWantsThem() {
        ours.trunks(TrunkChange.of(trunk)
                .with(t -> t.numberFormat(new Trunk.NumberFormat(false, 1, "00")))
                .trunk());
        assertThat(refusedInvite().uri()).startsWith("sip:005550100001@");
    }

    @Test
    void writesANameInItsOwnLetters() {
        ours.trunks(trunk);
        ours.stack.invite(
                new InviteRequest(
                        "t",
                        "+15550100001",
                        "+15550100000",
                        Optional.of("Zoë \"北京\" Åström"),
                        false,
                        Sdps.offer(40000),
                        Duration.ofSeconds(5),
                        Map.of()),
                log);
        RawMessage invite = phone.expect("INVITE");
        assertThat(invite.header("From")).startsWith("\"Zoë \\\"北京\\\" Åström\" <sip:+15550100000@");
        phone.respond(invite, 486, "占线", "a");
        phone.expect("ACK");
        assertThat(log.awaitEnd().phrase()).isEqualTo("占线");
    }

    @Test
    void triesTheNextHostAfterTheCodesOfItsTable() {
        try (ScriptedPhone second = new ScriptedPhone()) {
            Trunk.Host backup = new Trunk.Host("127.0.0.1", second.port(), Trunk.Transport.UDP, 20, 1);
            ours.trunks(TrunkChange.of(trunk)
                    .hosts(List.of(trunk.hosts().getFirst(), backup))
                    .with(t -> t.failoverCodes(Set.of(404, 486)))
                    .trunk());
            SipCall call = call("+15550100001");
            refuse(phone, 404);
            refuse(second, 501);
            assertThat(log.awaitEnd().sipCode()).isEqualTo(501);
            assertThat(log.all(SipEvent.Sent.class)).hasSize(2);
            assertThat(call.trace()).isNotEmpty();
            CallLog busy = new CallLog();
            ours.call("t", "+15550100001", busy);
            refuse(phone, 486);
            assertThat(busy.awaitEnd().sipCode()).as("a person said no").isEqualTo(486);
            assertThat(busy.all(SipEvent.Sent.class)).hasSize(1);
        }
    }

    private static void refuse(ScriptedPhone phone, int code) {
        phone.respond(phone.expect("INVITE"), code, "No", "a" + code);
        phone.expect("ACK");
    }

    @Test
    void addsTheHeadersOfTheTrunk() {
        ours.trunks(TrunkChange.of(trunk)
                .with(t -> t.headers(Map.of("X-Tariff", "gold")))
                .trunk());
        assertThat(refusedInvite().header("X-Tariff")).isEqualTo("gold");
    }

    @Test
    void asksForTheSessionTimerOfTheTrunk() {
        ours.trunks(TrunkChange.of(trunk)
                .sessionTimer(true, Duration.ofMinutes(15), Duration.ofMinutes(2))
                .trunk());
        RawMessage invite = refusedInvite();
        assertThat(invite.header("Session-Expires")).startsWith("900");
        assertThat(invite.header("Min-SE")).isEqualTo("120");
    }

    @Test
    void goesByTheOutboundProxyAndNamesTheTrunk() {
        Trunk.Host carrier = new Trunk.Host("carrier.example", 5070, Trunk.Transport.UDP, 1, 1);
        ours.trunks(TrunkChange.of(Trunk.peer("t", carrier))
                .proxy(Switchboard.udp(phone.port()))
                .trunk());
        RawMessage invite = refusedInvite();
        assertThat(invite.uri()).isEqualTo("sip:+15550100001@carrier.example:5070");
        assertThat(invite.header("Route")).isEqualTo("<sip:127.0.0.1:" + phone.port() + ";lr>");
    }

    @Test
    void registersAtTheCarrierThroughItsProxy() {
        Trunk.Host carrier = new Trunk.Host("carrier.example", 5070, Trunk.Transport.UDP, 1, 1);
        ours.trunks(TrunkChange.of(Trunk.peer("t", carrier))
                .proxy(Switchboard.udp(phone.port()))
                .auth("user", "secret")
                .register()
                .trunk());
        RawMessage register = phone.expect("REGISTER");
        assertThat(register.uri()).isEqualTo("sip:carrier.example");
        assertThat(register.header("To")).isEqualTo("<sip:user@carrier.example>");
        phone.respond(register, 403, "No", "a");
    }

    // ---- size

    private InviteRequest large() {
        InviteRequest plain = Switchboard.request("t", "+15550100001");
        return new InviteRequest(
                "t",
                plain.to(),
                plain.from(),
                Optional.empty(),
                false,
                plain.sdp(),
                plain.ringTimeout(),
                Map.of("X-Large", "x".repeat(1000)));
    }

    @Test
    void asksByTcpWhatUdpWouldCutUp() {
        try (Switchboard carrier = new Switchboard("large")) {
            carrier.trunks(Trunk.peer("us", Switchboard.udp(ours.port)));
            ours.trunks(TrunkChange.of(Trunk.peer("t", Switchboard.udp(carrier.port)))
                    .with(t -> t.largeByTcp(true))
                    .trunk());
            SipCall call = ours.stack.invite(large(), log);
            carrier.answerable().call().reject(486, "Busy Here");
            log.awaitEnd();
            assertThat(call.trace()).isNotEmpty().allMatch(e -> e.transport().equals("tcp"));
        }
    }

    @Test
    void fallsBackToUdpWhereTheCarrierHasNoTcpAndThinksNoWorseOfIt() {
        ours.trunks(TrunkChange.of(trunk).with(t -> t.largeByTcp(true)).trunk());
        ours.stack.invite(large(), log);
        RawMessage invite = phone.expect("INVITE");
        assertThat(invite.text().length()).isGreaterThan(1300);
        phone.respond(invite, 486, "Busy Here", "a");
        phone.expect("ACK");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.BUSY);
        Await.until("judged", () -> ours.stack.status("t").state() == TrunkStatus.State.UP);
    }

    @Test
    void leavesASmallRequestToUdp() {
        ours.trunks(TrunkChange.of(trunk).with(t -> t.largeByTcp(true)).trunk());
        assertThat(refusedInvite().header("Via")).contains("SIP/2.0/UDP");
    }

    // ---- redirects

    private void redirect(String to) {
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 302, "Moved", "a", "", "Contact: <" + to + ">");
        phone.expect("ACK");
    }

    @Test
    void followsARedirectToAConfiguredTrunkWithThatTrunksPasswordAlone() {
        try (ScriptedPhone other = new ScriptedPhone()) {
            Trunk from = TrunkChange.of(trunk)
                    .auth("first", "one")
                    .with(t -> t.allowRedirect(true))
                    .trunk();
            Trunk target = TrunkChange.of(Trunk.peer("u", Switchboard.udp(other.port())))
                    .auth("second", "two")
                    .trunk();
            ours.trunks(from, target);
            call("+15550100001");
            redirect("sip:+15550100077@127.0.0.1:" + other.port());
            RawMessage invite = other.expect("INVITE");
            assertThat(invite.uri()).isEqualTo("sip:+15550100077@127.0.0.1:" + other.port());
            other.respond(invite, 401, "Who?", "b", "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"");
            other.expect("ACK");
            RawMessage again = other.expect("INVITE");
            assertThat(again.header("Authorization")).contains("username=\"second\"");
            other.respond(again, 486, "Busy Here", "b");
            other.expect("ACK");
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.BUSY);
        }
    }

    @Test
    void followsNoRedirectToAHostThatIsNoTrunk() {
        try (ScriptedPhone stranger = new ScriptedPhone()) {
            ours.trunks(TrunkChange.of(trunk).with(t -> t.allowRedirect(true)).trunk());
            call("+15550100001");
            redirect("sip:+15550100077@127.0.0.1:" + stranger.port());
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.REDIRECTED);
            stranger.expectNothing(Duration.ofMillis(200));
        }
    }

    @Test
    void followsFiveRedirectsAndNoMore() {
        ours.trunks(TrunkChange.of(trunk).with(t -> t.allowRedirect(true)).trunk());
        call("+15550100001");
        for (int i = 0; i < 6; i++) {
            redirect("sip:+1555010007" + i + "@127.0.0.1:" + phone.port());
        }
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.REDIRECTED);
    }

    // ---- NAT

    @Test
    void keepsTheWayThroughANatOpenWithLineBreaksFromItsOwnSocket() {
        ours.trunks(TrunkChange.of(trunk)
                .with(t -> t.keepAlive(Duration.ofMillis(150)))
                .trunk());
        for (int i = 0; i < 2; i++) {
            RawMessage breaks = phone.receive(Duration.ofSeconds(3));
            assertThat(breaks.text()).isEqualTo("\r\n\r\n");
            assertThat(breaks.fromPort()).isEqualTo(ours.port);
        }
    }

    @Test
    void tellsTheWorldItsPublicAddressAndItsOwnNetworkTheLocalOne() {
        int port = FreePorts.next();
        try (Switchboard nat = new Switchboard(
                "nat", c -> c.listeningOn(port, 0).bound("0.0.0.0").publishedAs("203.0.113.9", "2001:db8::9"))) {
            Trunk far = Trunk.peer("far", new Trunk.Host("192.0.2.1", 5060, Trunk.Transport.UDP, 1, 1));
            nat.trunks(far, trunk);
            CallLog away = new CallLog();
            SipCall call = nat.call("far", "+15550100001", away);
            Await.until("it left", () -> !call.trace().isEmpty());
            assertThat(call.trace().getFirst().message())
                    .contains("@203.0.113.9:" + port)
                    .contains("Via: SIP/2.0/UDP 203.0.113.9:" + port);
            call.hangup(Reason.HANGUP_LOCAL);
            nat.call("t", "+15550100001", log);
            RawMessage near = phone.expect("INVITE");
            assertThat(near.header("Contact")).contains("@127.0.0.1:" + port);
            phone.respond(near, 486, "Busy Here", "a");
            phone.expect("ACK");
            log.awaitEnd();
        }
    }

    // ---- before the answer, and transfers

    @Test
    void letsTheCarrierChangeEarlyMediaByUpdateOnceItIsAgreed() {
        ours.trunks(trunk);
        SipCall call = call("+15550100001");
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 183, "Progress", "a", Sdps.offer(50000), "Require: 100rel", "RSeq: 1");
        phone.respond(phone.expect("PRACK"), 200, "OK", "a");
        phone.requestAsCallee(invite, "a", "UPDATE", 1, Sdps.sdp(50002, "sendonly"));
        assertThat(log.await(SipEvent.Offered.class).sdp()).contains("m=audio 50002");
        phone.requestAsCallee(invite, "a", "UPDATE", 2, Sdps.offer(50004));
        assertThat(phone.expect("500").header("Retry-After")).isNotEmpty();
        call.answer(Sdps.sdp(40000, "recvonly"));
        RawMessage ok = phone.expect("200");
        assertThat(ok.method()).isEqualTo("UPDATE");
        assertThat(ok.body()).contains("recvonly");
        phone.respond(invite, 486, "Busy Here", "a");
        phone.expect("ACK");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.BUSY);
    }

    @Test
    void refusesAnOfferByUpdateWhileItsOwnHasNoAnswer() {
        ours.trunks(trunk);
        call("+15550100001");
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 180, "Ringing", "a");
        log.await(SipEvent.Ringing.class);
        phone.requestAsCallee(invite, "a", "UPDATE", 1, Sdps.offer(50004));
        phone.expect("500");
        phone.respond(invite, 486, "Busy Here", "a");
        phone.expect("ACK");
        log.awaitEnd();
    }

    @Test
    void tellsWhoeverAskedForATransferHowItGoesOn() {
        ours.trunks(TrunkChange.of(trunk).transfer().trunk());
        SipCall call = call("+15550100001");
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "a", Sdps.offer(50000));
        phone.expect("ACK");
        call.transferStatus(200, "nobody asked");
        phone.requestAsCallee(invite, "a", "REFER", 1, "", "Refer-To: <sip:+15550100009@example.net>");
        phone.expect("202");
        log.await(SipEvent.TransferRequested.class);
        assertThat(progress()).contains("SIP/2.0 100 Trying", "active");
        call.transferStatus(180, "Ringing");
        assertThat(progress()).contains("SIP/2.0 180 Ringing", "active");
        call.transferStatus(486, "Busy\r\nX: y");
        assertThat(progress()).contains("SIP/2.0 486 Busy  X: y", "terminated");
        call.hangup(Reason.HANGUP_LOCAL);
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        log.awaitEnd();
    }

    private String progress() {
        RawMessage notify = phone.expect("NOTIFY");
        phone.respond(notify, 200, "OK", "");
        assertThat(notify.header("Event")).isEqualTo("refer");
        return notify.header("Subscription-State") + " " + notify.body();
    }
}
