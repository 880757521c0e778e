package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Fault;
import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.testing.Await;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Sdps;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TrunkChange;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls out to a carrier that does everything a carrier may legally do, and some things it may not. */
class CarrierHabitsTest {
    private static final String SDP = Sdps.offer(50000);
    private static Switchboard ours;

    private ScriptedPhone phone;
    private Trunk trunk;
    private CallLog log;
    private int before;

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
        ours.trunks(trunk);
        log = new CallLog();
        before = ours.stack.stats().dialogs(); // what a failed test left is not this one's
    }

    @AfterEach
    void nothingIsLeft() {
        phone.close();
        Await.until(
                "dialogs gone: " + ours.stack.stats(), () -> ours.stack.stats().dialogs() <= before);
        Await.until(
                "timers gone: " + ours.stack.stats(), () -> ours.stack.stats().timers() == 0);
    }

    private SipCall dial() {
        return ours.call("t", "+15550100001", log);
    }

    /** Dials and answers; the INVITE that was answered. */
    private RawMessage answered(String... more) {
        dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP, more);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        return invite;
    }

    private void byeFromPhone(RawMessage invite, long cseq) {
        phone.requestAsCallee(invite, "b", "BYE", cseq, "");
        phone.expect("200");
        log.awaitEnd();
    }

    private void hangUp(SipCall call) {
        call.hangup(Reason.HANGUP_LOCAL);
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        log.awaitEnd();
    }

    @Test
    void answers401AndGivesTheCallItsAnswer() {
        challengedOnce(401, "WWW-Authenticate", "Authorization", "MD5");
    }

    @Test
    void answers407WithSha256() {
        challengedOnce(407, "Proxy-Authenticate", "Proxy-Authorization", "SHA-256");
    }

    private void challengedOnce(int code, String challenge, String answer, String algorithm) {
        ours.trunks(TrunkChange.of(trunk).auth("user", "secret").trunk());
        SipCall call = dial();
        RawMessage first = phone.expect("INVITE");
        phone.respond(
                first,
                code,
                "Unauthorized",
                "a",
                "",
                challenge + ": Digest realm=\"r\", nonce=\"n1\", algorithm=" + algorithm
                        + ", qop=\"auth\", opaque=\"o\"");
        phone.expect("ACK");
        RawMessage second = phone.expect("INVITE");
        assertThat(second.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.header(answer))
                .contains("username=\"user\"", "realm=\"r\"", "nonce=\"n1\"", "opaque=\"o\"", "nc=00000001")
                .contains("uri=\"" + second.uri() + "\"", "algorithm=" + algorithm, "qop=auth")
                .doesNotContain("secret");
        phone.respond(second, 200, "OK", "b", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        assertThat(call.trace()).noneMatch(e -> e.message().matches("(?s).*response=\"[0-9a-f]{32}.*"));
        call.hangup(Reason.HANGUP_LOCAL);
        RawMessage bye = phone.expect("BYE");
        assertThat(bye.header(answer)).contains("nc=00000003"); // the ACK carried the second use
        phone.respond(bye, 200, "OK", "");
        log.awaitEnd();
    }

    @Test
    void takesTheTopmostOfSeveralChallengesItCanDo() {
        ours.trunks(TrunkChange.of(trunk).auth("user", "secret").trunk());
        dial();
        RawMessage first = phone.expect("INVITE");
        phone.respond(
                first,
                401,
                "Unauthorized",
                "a",
                "",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n0\", algorithm=SHA-999, qop=\"auth\"",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"n2\", algorithm=MD5, qop=\"auth\"");
        phone.expect("ACK");
        RawMessage second = phone.expect("INVITE");
        assertThat(second.header("Authorization")).contains("algorithm=SHA-256", "nonce=\"n1\"");
        phone.respond(second, 486, "Busy Here", "a");
        phone.expect("ACK");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.BUSY);
    }

    @Test
    void endsWhenTheSameAnswerIsRefusedTwiceInsteadOfLooping() {
        ours.trunks(TrunkChange.of(trunk).auth("user", "wrong").trunk());
        dial();
        for (int i = 0; i < 2; i++) {
            RawMessage invite = phone.expect("INVITE");
            phone.respond(
                    invite, 401, "Unauthorized", "a", "", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n" + i + "\"");
            phone.expect("ACK");
        }
        SipEnd end = log.awaitEnd();
        assertThat(end.reason()).isEqualTo(Reason.AUTH_FAILED);
        assertThat(end.fault()).isEqualTo(Fault.OURS);
        phone.expectNothing(Duration.ofMillis(300));
    }

    @Test
    void answersAStaleNonceOnceMore() {
        ours.trunks(TrunkChange.of(trunk).auth("user", "secret").trunk());
        dial();
        String stale = "";
        for (int i = 0; i < 2; i++) {
            RawMessage invite = phone.expect("INVITE");
            phone.respond(
                    invite,
                    401,
                    "Unauthorized",
                    "a",
                    "",
                    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n" + i + "\"" + stale);
            phone.expect("ACK");
            stale = ", stale=true";
        }
        RawMessage third = phone.expect("INVITE");
        assertThat(third.header("Authorization")).contains("nonce=\"n1\"");
        phone.respond(third, 603, "Decline", "a");
        phone.expect("ACK");
        log.awaitEnd();
    }

    @Test
    void givesItsPasswordToNoRealmButTheTrunksOwn() {
        Trunk.Auth auth = new Trunk.Auth("user", "secret", java.util.Optional.of("carrier.example"));
        ours.trunks(TrunkChange.of(trunk).auth(auth).trunk());
        dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 401, "Unauthorized", "a", "", "WWW-Authenticate: Digest realm=\"evil\", nonce=\"n\"");
        phone.expect("ACK");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.AUTH_FAILED);
        phone.expectNothing(Duration.ofMillis(200));
    }

    @Test
    void acknowledgesAReliableProvisionalWithAPrackOnce() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        assertThat(invite.header("Supported")).contains("100rel");
        String reliable = phone.respond(invite, 183, "Session Progress", "b", SDP, "Require: 100rel", "RSeq: 7");
        phone.send(reliable);
        RawMessage prack = phone.expect("PRACK");
        assertThat(prack.header("RAck")).isEqualTo("7 " + invite.cseq() + " INVITE");
        assertThat(prack.toTag()).isEqualTo("b");
        phone.respond(prack, 200, "OK", "");
        assertThat(log.await(SipEvent.EarlyMedia.class).sdp()).isEqualTo(SDP);
        phone.respond(invite, 200, "OK", "b");
        RawMessage ack = phone.expect("ACK");
        assertThat(ack.cseq()).isEqualTo(invite.cseq());
        assertThat(log.await(SipEvent.Answered.class).sdp()).isEmpty();
        assertThat(log.all(SipEvent.EarlyMedia.class)).hasSize(1);
        call.hangup(Reason.HANGUP_LOCAL);
        RawMessage bye = phone.expect("BYE");
        assertThat(bye.cseq()).isGreaterThan(prack.cseq());
        phone.respond(bye, 200, "OK", "");
    }

    @Test
    void followsAForkToTheOneThatAnswersAndHangsUpTheOther() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 180, "Ringing", "one");
        phone.respond(invite, 183, "Session Progress", "two", SDP);
        phone.respond(invite, 200, "OK", "two", SDP);
        RawMessage ack = phone.expect("ACK");
        assertThat(ack.toTag()).isEqualTo("two");
        phone.respond(invite, 200, "OK", "one", Sdps.offer(50002));
        RawMessage otherAck = phone.expect("ACK");
        assertThat(otherAck.toTag()).isEqualTo("one");
        RawMessage otherBye = phone.expect("BYE");
        assertThat(otherBye.toTag()).isEqualTo("one");
        phone.respond(otherBye, 200, "OK", "");
        log.await(SipEvent.Answered.class);
        hangUp(call);
        assertThat(log.all(SipEvent.Answered.class)).hasSize(1);
    }

    @Test
    void repeatsTheAckForARepeated200() {
        dial();
        RawMessage invite = phone.expect("INVITE");
        String ok = phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        phone.send(ok);
        assertThat(phone.receive(Duration.ofSeconds(3)).method()).isEqualTo("ACK");
        phone.send(ok);
        assertThat(phone.receive(Duration.ofSeconds(3)).method()).isEqualTo("ACK");
        byeFromPhone(invite, 1);
        assertThat(log.all(SipEvent.Answered.class)).hasSize(1);
    }

    @Test
    void acknowledgesAndHangsUpA200ThatCrossesTheCancel() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 180, "Ringing", "b");
        log.await(SipEvent.Ringing.class);
        call.hangup(Reason.HANGUP_LOCAL);
        RawMessage cancel = phone.expect("CANCEL");
        assertThat(cancel.header("Via")).isEqualTo(invite.header("Via"));
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.respond(cancel, 200, "OK", "b");
        phone.expect("ACK");
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        SipEnd end = log.awaitEnd();
        assertThat(end.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(end.answered()).isTrue();
        assertThat(log.all(SipEvent.Answered.class)).isEmpty();
    }

    @Test
    void neverCancelsBeforeAProvisionalAndDoesSoOnceItComes() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        log.await(SipEvent.Sent.class);
        call.hangup(Reason.HANGUP_LOCAL);
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.CANCELLED); // final here at once
        phone.expectNothing(Duration.ofMillis(200));
        phone.respond(invite, 100, "Trying", "");
        RawMessage cancel = phone.expect("CANCEL");
        phone.respond(cancel, 200, "OK", "b");
        phone.respond(invite, 487, "Request Terminated", "b");
        phone.expect("ACK");
    }

    @Test
    void asksAgainWithALongerIntervalAfter422() {
        dial();
        RawMessage first = phone.expect("INVITE");
        assertThat(first.header("Session-Expires")).isEqualTo("1800");
        phone.respond(first, 422, "Session Interval Too Small", "a", "", "Min-SE: 3600");
        phone.expect("ACK");
        RawMessage second = phone.expect("INVITE");
        assertThat(second.header("Session-Expires")).isEqualTo("3600");
        assertThat(second.header("Min-SE")).isEqualTo("3600");
        phone.respond(second, 486, "Busy", "a");
        phone.expect("ACK");
        log.awaitEnd();
    }

    @Test
    void refreshesTheSessionWithUpdateWhenItIsTheRefresher() {
        ours.trunks(TrunkChange.of(trunk)
                .sessionTimer(true, Duration.ofSeconds(2), Duration.ofSeconds(1))
                .trunk());
        RawMessage invite =
                answered("Session-Expires: 2;refresher=uac", "Require: timer", "Allow: INVITE, ACK, BYE, UPDATE");
        RawMessage update = phone.expect("UPDATE");
        assertThat(update.header("Session-Expires")).startsWith("2;refresher=uac");
        assertThat(update.body()).isEmpty();
        phone.respond(update, 200, "OK", "", "", "Session-Expires: 2;refresher=uac");
        phone.respond(phone.expect("UPDATE"), 200, "OK", "", "", "Session-Expires: 60;refresher=uac");
        byeFromPhone(invite, 1);
    }

    @Test
    void refreshesByReInviteWhereUpdateIsNotAllowed() {
        ours.trunks(TrunkChange.of(trunk)
                .sessionTimer(true, Duration.ofSeconds(2), Duration.ofSeconds(1))
                .trunk());
        RawMessage invite = answered("Session-Expires: 2;refresher=uac", "Allow: INVITE, ACK, BYE");
        RawMessage refresh = phone.expect("INVITE");
        assertThat(refresh.body()).isEqualTo(invite.body());
        phone.respond(refresh, 200, "OK", "", SDP, "Session-Expires: 60;refresher=uac");
        phone.expect("ACK");
        byeFromPhone(invite, 1);
        assertThat(log.all(SipEvent.Reanswered.class)).isEmpty();
    }

    @Test
    void hangsUpWhenTheOtherSideForgetsToRefresh() {
        ours.trunks(TrunkChange.of(trunk)
                .sessionTimer(true, Duration.ofSeconds(2), Duration.ofSeconds(1))
                .trunk());
        answered("Session-Expires: 2;refresher=uas", "Require: timer");
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.SESSION_EXPIRED);
    }

    @Test
    void sendsNoSessionTimerToATrunkThatWantsNone() {
        ours.trunks(TrunkChange.of(trunk)
                .sessionTimer(false, Duration.ofSeconds(1800), Duration.ofSeconds(90))
                .trunk());
        dial();
        RawMessage invite = phone.expect("INVITE");
        assertThat(invite.header("Session-Expires")).isEmpty();
        assertThat(invite.header("Supported")).doesNotContain("timer");
        phone.respond(invite, 486, "Busy", "a");
        phone.expect("ACK");
        log.awaitEnd();
    }

    @Test
    void answersAHoldWithWhatTheApplicationSaysAndLivesOn() {
        SipCall[] call = new SipCall[1];
        call[0] = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        String hold = Sdps.sdp(50000, "sendonly");
        String held = phone.requestAsCallee(invite, "b", "INVITE", 1, hold);
        assertThat(log.await(SipEvent.Offered.class).sdp()).isEqualTo(hold);
        call[0].answer(Sdps.sdp(40000, "recvonly"));
        RawMessage ok = phone.expect("200");
        assertThat(ok.body()).contains("a=recvonly");
        phone.requestAsCaller(ok, "ACK", 1, "");
        phone.send(held); // a lost ACK's repetition does no harm
        phone.requestAsCallee(invite, "b", "INVITE", 2, SDP);
        assertThat(log.await(SipEvent.Offered.class).sdp()).isEqualTo(SDP);
        call[0].answer(Sdps.offer(40000));
        RawMessage resumed = phone.expect("200");
        phone.requestAsCaller(resumed, "ACK", 2, "");
        hangUp(call[0]);
    }

    @Test
    void answersARefreshThatChangesNothingByItself() {
        RawMessage invite = answered();
        phone.requestAsCallee(invite, "b", "INVITE", 1, SDP);
        RawMessage ok = phone.expect("200");
        assertThat(ok.body()).isEqualTo(Sdps.offer(40000));
        phone.requestAsCaller(ok, "ACK", 1, "");
        phone.requestAsCallee(invite, "b", "UPDATE", 2, "");
        phone.expect("200");
        byeFromPhone(invite, 3);
        assertThat(log.all(SipEvent.Offered.class)).isEmpty();
    }

    @Test
    void offersAgainWhenAReInviteBringsNoOffer() {
        RawMessage invite = answered();
        phone.requestAsCallee(invite, "b", "INVITE", 1, "");
        RawMessage ok = phone.expect("200");
        assertThat(ok.body()).isEqualTo(Sdps.offer(40000));
        phone.requestAsCaller(ok, "ACK", 1, Sdps.offer(50004));
        assertThat(log.await(SipEvent.Reanswered.class).sdp()).isEqualTo(Sdps.offer(50004));
        byeFromPhone(invite, 2);
    }

    @Test
    void refusesAnOfferWith488AndTheCallLivesOn() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        phone.requestAsCallee(invite, "b", "UPDATE", 1, Sdps.offer(50008));
        log.await(SipEvent.Offered.class);
        call.reject(488, "Not Acceptable Here");
        phone.expect("488");
        hangUp(call);
    }

    @Test
    void holdsByReInviteAndReportsTheAnswer() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        call.reinvite(Sdps.sdp(40000, "sendonly"));
        RawMessage hold = phone.expect("INVITE");
        assertThat(hold.body()).contains("sendonly");
        assertThat(hold.toTag()).isEqualTo("b");
        phone.respond(hold, 200, "OK", "", Sdps.sdp(50000, "recvonly"));
        assertThat(phone.expect("ACK").cseq()).isEqualTo(hold.cseq());
        assertThat(log.await(SipEvent.Reanswered.class).sdp()).contains("recvonly");
        call.reinvite(Sdps.offer(40002));
        phone.respond(phone.expect("INVITE"), 488, "No", "");
        phone.expect("ACK");
        assertThat(log.await(SipEvent.ReofferFailed.class).code()).isEqualTo(488);
        hangUp(call);
    }

    @Test
    void answersGlareWith491AndTriesItsOwnOfferAgain() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        call.reinvite(Sdps.sdp(40000, "sendonly"));
        RawMessage mine = phone.expect("INVITE");
        phone.requestAsCallee(invite, "b", "INVITE", 1, Sdps.sdp(50000, "inactive"));
        phone.expect("491");
        phone.respond(mine, 491, "Request Pending", "");
        phone.expect("ACK");
        RawMessage again = phone.expect("INVITE", Duration.ofSeconds(8)); // 4 s are legal
        phone.respond(again, 200, "OK", "", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Reanswered.class);
        hangUp(call);
    }

    @Test
    void hearsDigitsByInfoAndSendsThem() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        phone.requestAsCallee(
                invite, "b", "INFO", 1, "Signal=7\r\nDuration=200\r\n", "Content-Type: application/dtmf-relay");
        phone.expect("200");
        assertThat(log.await(SipEvent.Digit.class)).isEqualTo(new SipEvent.Digit('7', 200));
        phone.requestAsCallee(invite, "b", "INFO", 2, "x", "Content-Type: text/nonsense");
        phone.expect("415");
        call.info('#', 120);
        RawMessage info = phone.expect("INFO");
        assertThat(info.body()).contains("Signal=#", "Duration=120");
        phone.respond(info, 200, "OK", "");
        hangUp(call);
    }

    @Test
    void transfersBlindAndReportsEachNotify() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        call.refer("+15550100009");
        RawMessage refer = phone.expect("REFER");
        assertThat(refer.header("Refer-To")).contains("sip:+15550100009@127.0.0.1");
        phone.respond(refer, 202, "Accepted", "");
        assertThat(log.await(SipEvent.TransferProgress.class).code()).isEqualTo(202);
        phone.requestAsCallee(
                invite,
                "b",
                "NOTIFY",
                1,
                "SIP/2.0 200 OK\r\n",
                "Event: refer",
                "Subscription-State: terminated",
                "Content-Type: message/sipfrag");
        phone.expect("200");
        assertThat(log.await(SipEvent.TransferProgress.class).code()).isEqualTo(200);
        hangUp(call);
    }

    @Test
    void refusesToBeTransferredUnlessTheTrunkAllowsIt() {
        RawMessage invite = answered();
        phone.requestAsCallee(invite, "b", "REFER", 1, "", "Refer-To: <sip:premium@evil.example>");
        phone.expect("603");
        byeFromPhone(invite, 2);
        assertThat(log.all(SipEvent.TransferRequested.class)).isEmpty();
    }

    @Test
    void passesOnATransferWithReplacesWhereTheTrunkAllowsIt() {
        ours.trunks(TrunkChange.of(trunk).transfer().trunk());
        RawMessage invite = answered();
        phone.requestAsCallee(
                invite,
                "b",
                "REFER",
                1,
                "",
                "Refer-To: <sip:bob@127.0.0.1?Replaces=abc%40x%3Bto-tag%3D1%3Bfrom-tag%3D2>");
        phone.expect("202");
        SipEvent.TransferRequested asked = log.await(SipEvent.TransferRequested.class);
        assertThat(asked.target()).isEqualTo("sip:bob@127.0.0.1");
        assertThat(asked.replaces()).contains("abc@x;to-tag=1;from-tag=2");
        phone.respond(phone.expect("NOTIFY"), 200, "OK", "");
        byeFromPhone(invite, 2);
    }

    @Test
    void transfersAttendedByNamingTheOtherCallInReplaces() {
        SipCall first = dial();
        RawMessage firstInvite = phone.expect("INVITE");
        phone.respond(firstInvite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        CallLog consulted = new CallLog();
        SipCall second = ours.call("t", "+15550100002", consulted);
        RawMessage secondInvite = phone.expect("INVITE");
        first.referTo(second);
        assertThat(log.await(SipEvent.TransferProgress.class).code())
                .as("the other call has no answer yet")
                .isEqualTo(400);
        phone.respond(secondInvite, 200, "OK", "c", SDP);
        phone.expect("ACK");
        consulted.await(SipEvent.Answered.class);
        first.referTo(second);
        RawMessage refer = phone.expect("REFER");
        assertThat(refer.header("Call-ID")).isEqualTo(first.callId());
        String replaces = second.callId() + "%3Bto-tag%3Dc%3Bfrom-tag%3D" + secondInvite.fromTag();
        assertThat(refer.header("Refer-To")).isEqualTo("<" + phone.uri() + "?Replaces=" + replaces + ">");
        phone.respond(refer, 202, "Accepted", "");
        assertThat(log.await(SipEvent.TransferProgress.class).code()).isEqualTo(202);
        byeFromPhone(firstInvite, 1);
        second.hangup(Reason.HANGUP_LOCAL);
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        consulted.awaitEnd();
    }

    @Test
    void answersOptionsInsideAndOutsideACall() {
        RawMessage invite = answered();
        phone.requestAsCallee(invite, "b", "OPTIONS", 1, "");
        assertThat(phone.expect("200").header("Allow")).contains("INVITE");
        byeFromPhone(invite, 2);
    }

    @Test
    void endsEvenWhenItsByeIsLostOrUnknown() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        log.await(SipEvent.Answered.class);
        call.hangup(Reason.HANGUP_LOCAL);
        log.awaitEnd(); // at once, whatever the carrier does
        RawMessage bye = phone.expect("BYE");
        assertThat(phone.receive(Duration.ofSeconds(2)).text()).isEqualTo(bye.text()); // lost: repeated
        phone.respond(bye, 481, "Call/Transaction Does Not Exist", "");
    }

    @Test
    void answersAByeForACallItDoesNotKnowWith481() {
        RawMessage invite = answered();
        byeFromPhone(invite, 1);
        phone.requestAsCallee(invite, "b", "BYE", 2, "");
        phone.expect("481");
    }

    @Test
    void keepsTheCausesACarrierGives() {
        dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(
                invite,
                480,
                "Temporarily Unavailable",
                "a",
                "",
                "Reason: Q.850;cause=19;text=\"no answer\"",
                "Warning: 399 carrier \"subscriber absent\"");
        phone.expect("ACK");
        SipEnd end = log.awaitEnd();
        assertThat(end.q850()).contains(19);
        assertThat(end.warning()).hasValueSatisfying(w -> assertThat(w).contains("subscriber absent"));
        assertThat(end.reason()).isEqualTo(Reason.NO_ANSWER);
    }

    @Test
    void goesThroughBothRecordRoutesInOrderWithoutTouchingThem() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        String inner = "<sip:127.0.0.1:" + phone.port() + ";lr;ftag=x;did=1>";
        String outer = "<sip:127.0.0.1:" + phone.port() + ";lr;r2=on>";
        phone.respond(
                invite,
                200,
                "OK",
                "b",
                SDP,
                "Record-Route: " + inner,
                "Record-Route: " + outer,
                "Contact: <sip:far@198.51.100.9:5070>");
        RawMessage ack = phone.expect("ACK");
        assertThat(ack.headers("Route")).containsExactly(outer, inner);
        assertThat(ack.uri()).isEqualTo("sip:far@198.51.100.9:5070");
        log.await(SipEvent.Answered.class);
        hangUp(call);
    }

    @Test
    void readsMultipartBodiesCompactAndFoldedHeaders() {
        dial();
        RawMessage invite = phone.expect("INVITE");
        String multipart =
                "--xx\r\nContent-Type: text/plain\r\n\r\nhello\r\n--xx\r\nContent-Type: application/sdp\r\n\r\n" + SDP
                        + "--xx--\r\n";
        phone.send("SIP/2.0 200 OK\r\nv: " + invite.header("Via") + "\r\nf: " + invite.header("From") + "\r\nt: "
                + invite.header("To") + ";tag=b\r\ni: " + invite.header("Call-ID") + "\r\nCSeq: "
                + invite.cseq() + "\r\n INVITE\r\nm: <" + phone.uri() + ">\r\nX-Folded: one\r\n  two\r\n"
                + "c: multipart/mixed;boundary=xx\r\nl: " + multipart.length() + "\r\n\r\n" + multipart);
        phone.expect("ACK");
        SipEvent.Answered answered = log.await(SipEvent.Answered.class);
        assertThat(answered.sdp()).hasValueSatisfying(s -> assertThat(s.strip()).isEqualTo(SDP.strip()));
        assertThat(answered.headers()).containsEntry("x-folded", "one two");
        byeFromPhone(invite, 1);
    }

    @Test
    void doesNotFollowARedirectByDefault() {
        dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 302, "Moved", "a", "", "Contact: <sip:premium@198.51.100.1>");
        phone.expect("ACK");
        assertThat(log.awaitEnd().reason()).isEqualTo(Reason.REDIRECTED);
    }

    @Test
    void hangsUpACallOfADeadProcessFromItsSnapshot() {
        SipCall call = dial();
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "b", SDP);
        phone.expect("ACK");
        String snapshot = log.await(SipEvent.SnapshotChanged.class).snapshot();
        try (Switchboard next = new Switchboard("afterwards")) {
            next.trunks(trunk);
            next.stack.release(snapshot);
            RawMessage bye = phone.expect("BYE");
            assertThat(bye.header("Call-ID")).isEqualTo(call.callId());
            assertThat(bye.toTag()).isEqualTo("b");
            assertThat(bye.fromTag()).isEqualTo(invite.fromTag());
            assertThat(bye.cseq()).isGreaterThan(invite.cseq());
            phone.respond(bye, 481, "Call/Transaction Does Not Exist", "");
            Await.until("released", () -> next.stack.stats().dialogs() == 0);
            next.stack.release("nonsense");
        }
        phone.peer(ours.port);
        byeFromPhone(invite, 1);
    }
}
