package io.trunkline.sip.testing;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.SipCall;
import io.trunkline.sip.SipConfig;
import io.trunkline.sip.SipEvent;
import io.trunkline.sip.SipStack;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.TrunkStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real stack on a free port of loopback, with its calls in and its trunk events kept for the test. */
public final class Switchboard implements AutoCloseable {
    /** A call in, with what was said of it and what follows. */
    public record Inbound(SipCall call, SipEvent.Incoming invite, CallLog log) {}

    public final int port;
    public final SipConfig config;
    public final SipStack stack;
    public final BlockingQueue<TrunkStatus> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Inbound> inbound = new LinkedBlockingQueue<>();

    public Switchboard(String name) {
        this(name, UnaryOperator.identity());
    }

    public Switchboard(String name, UnaryOperator<SipConfig> settings) {
        this.port = FreePorts.next();
        this.config = settings.apply(SipConfig.defaults(name, port));
        this.stack = SipStack.start(
                config,
                (call, invite) -> {
                    CallLog log = new CallLog();
                    inbound.add(new Inbound(call, invite, log));
                    return log;
                },
                statuses::add);
    }

    /** The next call in. */
    public Inbound answerable() {
        try {
            Inbound call = inbound.poll(10, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("no call came in");
            }
            return call;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public static Trunk.Host udp(int port) {
        return new Trunk.Host("127.0.0.1", port, Transport.UDP, 10, 1);
    }

    public SipCall call(String trunk, String to, CallLog log) {
        return stack.invite(request(trunk, to), log);
    }

    public static InviteRequest request(String trunk, String to) {
        return request(trunk, to, Duration.ofSeconds(30));
    }

    public static InviteRequest request(String trunk, String to, Duration ringTimeout) {
        return new InviteRequest(
                trunk, to, "+15550100000", Optional.empty(), false, Sdps.offer(40000), ringTimeout, Map.of());
    }

    public void trunks(Trunk... trunks) {
        stack.setTrunks(List.of(trunks));
    }

    @Override
    public void close() {
        stack.close();
    }
}
