package io.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.SipEnd.Reason;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.testing.CallLog;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TinyDns;
import io.trunkline.sip.trunk.JndiDns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A trunk that is only a name (RFC 3263). */
class DnsFailoverTest {
    private static SipStack stack(TinyDns dns) {
        SipConfig config = SipConfig.defaults("dns-" + FreePorts.next(), FreePorts.next());
        return new RunningStack(
                config, (call, invite) -> new CallLog(), status -> {}, new JndiDns(Optional.of(dns.url())));
    }

    private static Trunk named(Transport transport) {
        return Trunk.peer("t", new Trunk.Host("carrier.test", 0, transport, 1, 1));
    }

    private static CallLog call(SipStack ours) {
        CallLog log = new CallLog();
        ours.invite(Switchboard.request("t", "+15550100001"), log);
        return log;
    }

    @Test
    void goesWhereNaptrAndSrvLeadAndToTheNextServiceWhenTheFirstIsDead() {
        try (TinyDns dns = new TinyDns();
                ScriptedPhone live = new ScriptedPhone();
                SipStack ours = stack(dns)) {
            dns.naptr("carrier.test", 10, "SIP+D2T", "_sip._tcp.carrier.test")
                    .naptr("carrier.test", 20, "SIP+D2U", "_voice._udp.carrier.test")
                    .srv("_voice._udp.carrier.test", 20, 1, live.port(), "live.carrier.test")
                    .srv("_voice._udp.carrier.test", 10, 1, FreePorts.next(), "dead.carrier.test")
                    .address("live.carrier.test", "127.0.0.1")
                    .address("dead.carrier.test", "127.0.0.1");
            ours.setTrunks(List.of(named(Transport.UDP)));
            CallLog log = call(ours);
            RawMessage invite = live.expect("INVITE");
            assertThat(invite.uri()).isEqualTo("sip:+15550100001@carrier.test");
            live.respond(invite, 486, "Busy Here", "a");
            live.expect("ACK");
            assertThat(log.awaitEnd().reason()).isEqualTo(Reason.BUSY);
            assertThat(log.all(SipEvent.Sent.class)).hasSize(2);
        }
    }

    @Test
    void asksTheUsualSrvNameWhereThereIsNoNaptrAndTheDefaultPortWhereThereIsNeither() {
        try (TinyDns dns = new TinyDns();
                ScriptedPhone live = new ScriptedPhone();
                SipStack ours = stack(dns)) {
            dns.srv("_sip._udp.carrier.test", 1, 1, live.port(), "live.carrier.test")
                    .address("live.carrier.test", "127.0.0.1");
            ours.setTrunks(List.of(named(Transport.UDP)));
            CallLog log = call(ours);
            live.respond(live.expect("INVITE"), 486, "Busy Here", "a");
            live.expect("ACK");
            log.awaitEnd();
        }
    }

    @Test
    void saysThatANameHasNoAddress() {
        try (TinyDns dns = new TinyDns();
                SipStack ours = stack(dns)) {
            ours.setTrunks(List.of(named(Transport.TLS)));
            SipEnd end = call(ours).awaitEnd();
            assertThat(end.reason()).isEqualTo(Reason.TRUNK_UNREACHABLE);
            assertThat(end.phrase()).contains("no address");
        }
    }
}
