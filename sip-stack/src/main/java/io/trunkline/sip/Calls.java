package io.trunkline.sip;

import io.trunkline.sip.auth.DigestServer;
import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Timers;
import io.trunkline.sip.jain.Door;
import io.trunkline.sip.jain.TraceSink;
import io.trunkline.sip.trunk.Dns;
import io.trunkline.sip.trunk.HopFinder;
import io.trunkline.sip.trunk.TrunkBook;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.Inbox;
import io.trunkline.sip.wire.ServerTx;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import io.trunkline.sip.wire.Wire;
import io.trunkline.sip.wire.WireException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of a stack: brings every message to the call it belongs to, and makes a call of an INVITE from a trunk. */
final class Calls implements Ground, Inbox, Door, TraceSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int MOST_PEERS = 10_000;
    private static final int MOST_CALLS = 20_000;

    /** A dialog by what is ours in it; both sides of a call that comes back to us share a Call-ID. */
    private record Key(String callId, String localTag) {}

    /** A call in by its caller, for CANCEL and for copies of its INVITE (RFC 3261 8.2.2.2). */
    private record CallerKey(String callId, String fromTag) {}

    private record Inbound(InviteDialog dialog, String branch, CallerKey key) {}

    private final SipConfig config;
    private final IncomingCalls incoming;
    private final HopFinder finder;
    private final CallTimers timers;
    private final CallTimers trunkTimers;
    private final ExecutorService threads;
    private final Map<Key, InviteDialog> dialogs = new ConcurrentHashMap<>();
    private final Map<String, List<InviteDialog>> byCallId = new ConcurrentHashMap<>();
    private final Map<CallerKey, Inbound> inbound = new ConcurrentHashMap<>();
    private final Map<InviteDialog, CallerKey> callers = new ConcurrentHashMap<>();
    private final Map<InetAddress, Boolean> peers = new ConcurrentHashMap<>();
    private final DigestServer digest = new DigestServer(InstantSource.system());
    private final LongAdder invitesSent = new LongAdder();
    private final LongAdder invitesReceived = new LongAdder();
    private final TrunkBook trunks;
    private volatile Optional<Wire> wire = Optional.empty();

    Calls(SipConfig config, IncomingCalls incoming, TrunkListener listener, Dns dns) {
        this.config = config;
        this.incoming = incoming;
        this.finder = new HopFinder(dns, ThreadLocalRandom.current());
        this.timers = new CallTimers(config.name());
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(config.name() + "-sip-", 0).factory());
        this.trunkTimers = new CallTimers(config.name() + "-trunk");
        this.trunks = new TrunkBook(dns, trunkTimers, threads, listener);
    }

    void attach(Wire opened) {
        wire = Optional.of(opened);
    }

    TrunkBook trunks() {
        return trunks;
    }

    SipStats stats(int transactions, long strangers, long parseErrors) {
        return new SipStats(
                dialogs.size(),
                transactions,
                timers.pending(),
                invitesSent.sum(),
                invitesReceived.sum(),
                strangers,
                parseErrors);
    }

    // ---- Ground

    @Override
    public Wire wire() {
        return wire.orElseThrow();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public Executor threads() {
        return threads;
    }

    @Override
    public Iterator<Hop> hops(Trunk trunk) {
        Iterator<Hop> hops = finder.hops(trunk);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return hops.hasNext();
            }

            @Override
            public Hop next() {
                return known(hops.next());
            }
        };
    }

    @Override
    public Hop hop(String uri, Hop heard, Trunk trunk) {
        return known(finder.hop(uri, heard, trunk));
    }

    /** Whom we write to may write back. */
    private Hop known(Hop hop) {
        if (peers.size() >= MOST_PEERS) {
            peers.clear();
        }
        peers.put(hop.address(), true);
        return hop;
    }

    @Override
    public void opened(InviteDialog dialog) {
        dialogs.put(new Key(dialog.callId(), dialog.localTag()), dialog);
        byCallId.computeIfAbsent(dialog.callId(), id -> new CopyOnWriteArrayList<>())
                .add(dialog);
    }

    @Override
    public void closed(InviteDialog dialog) {
        dialogs.remove(new Key(dialog.callId(), dialog.localTag()));
        byCallId.computeIfPresent(dialog.callId(), (id, all) -> {
            all.remove(dialog);
            return all.isEmpty() ? null : all;
        });
        CallerKey caller = callers.remove(dialog);
        if (caller != null) {
            inbound.remove(caller);
        }
    }

    @Override
    public void onSent(Trunk trunk) {
        invitesSent.increment();
    }

    @Override
    public void onAttempt(Trunk trunk, boolean reachable) {
        trunks.onAttempt(trunk, reachable);
    }

    // ---- Door and trace, on the transport's threads

    @Override
    public boolean admits(InetAddress address) {
        return config.answerStrangers()
                || peers.containsKey(address)
                || trunks.table().admits(address);
    }

    @Override
    public void onMessage(String callId, TraceEntry entry) {
        byCallId.getOrDefault(callId, List.of()).forEach(dialog -> dialog.onMessage(entry));
    }

    // ---- Inbox, on the transport's threads

    @Override
    public void onRequest(ServerTx tx) {
        SipRequest request = tx.request();
        InviteDialog dialog =
                request.toTag().isEmpty() ? null : dialogs.get(new Key(request.callId(), request.toTag()));
        if (dialog != null) {
            dialog.onRequest(tx);
        } else if (request.method().equals("CANCEL")) {
            onCancel(tx, request);
        } else if (!request.toTag().isEmpty()) {
            respond(tx, 481, "Call/Transaction Does Not Exist");
        } else {
            onFirst(tx, request);
        }
    }

    private void onCancel(ServerTx tx, SipRequest cancel) {
        Inbound call = inbound.get(new CallerKey(cancel.callId(), cancel.fromTag()));
        if (call != null && call.branch.equals(cancel.branch())) {
            call.dialog.onRequest(tx);
        } else {
            respond(tx, 481, "Call/Transaction Does Not Exist");
        }
    }

    private void onFirst(ServerTx tx, SipRequest request) {
        Optional<Trunk> trunk = trunks.table().caller(tx.source());
        if (trunk.isEmpty()) {
            if (config.answerStrangers()) {
                respond(tx, 403, "Forbidden");
            }
            return;
        }
        switch (request.method()) {
            case "INVITE" -> onInvite(tx, request, trunk.get());
            case "OPTIONS" -> respond(tx, 200, "OK");
            case "ACK" -> LOG.trace("an ACK for nothing");
            case "REGISTER" -> respond(tx, 403, "Forbidden");
            case "SUBSCRIBE", "NOTIFY" -> respond(tx, 489, "Bad Event");
            case "BYE", "UPDATE", "PRACK", "INFO", "REFER" -> respond(tx, 481, "Call/Transaction Does Not Exist");
            default -> respond(tx, 405, "Method Not Allowed");
        }
    }

    private void onInvite(ServerTx tx, SipRequest request, Trunk trunk) {
        invitesReceived.increment();
        CallerKey key = new CallerKey(request.callId(), request.fromTag());
        Inbound known = inbound.get(key);
        if (known != null) {
            copy(tx, request, known);
        } else if (dialogs.size() >= MOST_CALLS) {
            refuse(tx, SipResponse.of(503, "Service Unavailable").with("Retry-After", "5"));
        } else if (welcome(tx, request, trunk)) {
            InviteDialog dialog = InviteDialog.incoming(this, trunk, tx);
            inbound.put(key, new Inbound(dialog, request.branch(), key));
            callers.put(dialog, key);
            dialog.offer(call -> incoming.onIncoming(call, incomingEvent(request, trunk)));
        }
    }

    /** Whether the caller has shown the trunk's credentials, where the trunk wants them; if not it has been told. */
    private boolean welcome(ServerTx tx, SipRequest request, Trunk trunk) {
        if (!trunk.challenge()) {
            return true;
        }
        String realm = trunk.identity().fromHost().orElse("trunkline");
        DigestServer.Verdict verdict = digest.check(request, trunk, realm);
        switch (verdict) {
            case NONE, STALE -> refuse(tx, digest.challenge(realm, verdict == DigestServer.Verdict.STALE));
            case WRONG -> respond(tx, 403, "Forbidden");
            case RIGHT -> LOG.trace("a caller has shown who it is");
        }
        return verdict == DigestServer.Verdict.RIGHT;
    }

    private static void copy(ServerTx tx, SipRequest request, Inbound known) {
        if (known.branch.equals(request.branch())) {
            known.dialog.onRequest(tx);
        } else {
            refuse(tx, SipResponse.of(482, "Loop Detected"));
        }
    }

    private static SipEvent.Incoming incomingEvent(SipRequest request, Trunk trunk) {
        String to = SipUri.parse(request.uri())
                .map(SipUri::user)
                .filter(u -> !u.isEmpty())
                .orElseGet(() -> request.to().user());
        return new SipEvent.Incoming(
                trunk.id(),
                request.from().user(),
                to,
                request.from().display(),
                request.sdp(),
                request.headers().asMap());
    }

    private static void respond(ServerTx tx, int code, String phrase) {
        refuse(
                tx,
                SipResponse.of(code, phrase)
                        .with("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER, NOTIFY"));
    }

    private static void refuse(ServerTx tx, SipResponse response) {
        try {
            tx.respond(response);
        } catch (WireException e) {
            LOG.debug("a refusal did not leave: {}", e.getMessage());
        }
    }

    @Override
    public void onStray(SipResponse response) {
        InviteDialog dialog = dialogs.get(new Key(response.callId(), response.fromTag()));
        if (dialog != null) {
            dialog.onStray(response);
        }
    }

    @Override
    public void close() {
        timers.close();
        trunkTimers.close();
        threads.shutdownNow();
    }
}
