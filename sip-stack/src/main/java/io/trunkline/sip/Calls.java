package io.trunkline.sip;

import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Replaces;
import io.trunkline.sip.dialog.Timers;
import io.trunkline.sip.jain.TraceSink;
import io.trunkline.sip.trunk.Dns;
import io.trunkline.sip.trunk.HopFinder;
import io.trunkline.sip.trunk.TrunkBook;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.Wire;
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

/** The calls of a stack, found by what a message says of itself, and the ground they stand on. */
final class Calls implements Ground, TraceSink, AutoCloseable {
    /** A dialog by what is ours in it; both sides of a call that comes back to us share a Call-ID. */
    private record Key(String callId, String localTag) {}

    /** A call in by its caller, for CANCEL and for copies of its INVITE (RFC 3261 8.2.2.2). */
    private record CallerKey(String callId, String fromTag) {}

    record Inbound(InviteDialog dialog, String branch) {}

    private final HopFinder finder;
    private final CallTimers timers;
    private final CallTimers trunkTimers;
    private final ExecutorService threads;
    private final Map<Key, InviteDialog> dialogs = new ConcurrentHashMap<>();
    private final Map<String, List<InviteDialog>> byCallId = new ConcurrentHashMap<>();
    private final Map<CallerKey, Inbound> inbound = new ConcurrentHashMap<>();
    private final Map<InviteDialog, CallerKey> callers = new ConcurrentHashMap<>();
    private final LongAdder invitesSent = new LongAdder();
    private final TrunkBook trunks;
    private final Doorman doorman;
    private final Pressure pressure;
    private volatile Optional<Wire> wire = Optional.empty();

    Calls(SipConfig config, TrunkListener listener, Dns dns) {
        this.finder = new HopFinder(dns, ThreadLocalRandom.current());
        this.timers = new CallTimers(config.name());
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(config.name() + "-sip-", 0).factory());
        this.trunkTimers = new CallTimers(config.name() + "-trunk");
        this.trunks = new TrunkBook(dns, trunkTimers, threads, listener);
        this.doorman = new Doorman(trunks, config);
        this.pressure = new Pressure(trunkTimers, threads);
    }

    void attach(Wire opened) {
        wire = Optional.of(opened);
        pressure.start();
    }

    TrunkBook trunks() {
        return trunks;
    }

    Doorman doorman() {
        return doorman;
    }

    Pressure pressure() {
        return pressure;
    }

    int size() {
        return dialogs.size();
    }

    int pendingTimers() {
        return timers.pending();
    }

    long invitesSent() {
        return invitesSent.sum();
    }

    // ---- finding a call

    boolean knows(SipRequest request) {
        return dialog(request).isPresent() || inbound(request).isPresent();
    }

    /** The call that a request with a To tag, or a CANCEL, belongs to. */
    Optional<InviteDialog> dialog(SipRequest request) {
        if (!request.toTag().isEmpty()) {
            return Optional.ofNullable(dialogs.get(new Key(request.callId(), request.toTag())));
        }
        return request.method().equals("CANCEL")
                ? inbound(request)
                        .filter(call -> call.branch.equals(request.branch()))
                        .map(Inbound::dialog)
                : Optional.empty();
    }

    /** The call of that trunk's that an INVITE with Replaces names. */
    Optional<InviteDialog> replaced(Replaces named, Trunk trunk) {
        return Optional.ofNullable(dialogs.get(new Key(named.callId(), named.toTag())))
                .filter(dialog -> dialog.trunk().id().equals(trunk.id()));
    }

    Optional<Inbound> inbound(SipRequest request) {
        return Optional.ofNullable(inbound.get(new CallerKey(request.callId(), request.fromTag())));
    }

    /** The call of ours that this response is for. */
    Optional<InviteDialog> caller(SipResponse response) {
        return Optional.ofNullable(dialogs.get(new Key(response.callId(), response.fromTag())));
    }

    void cameIn(InviteDialog dialog, SipRequest invite) {
        CallerKey key = new CallerKey(invite.callId(), invite.fromTag());
        inbound.put(key, new Inbound(dialog, invite.branch()));
        callers.put(dialog, key);
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
                return doorman.known(hops.next());
            }
        };
    }

    @Override
    public Optional<Trunk> trunkAt(String host, int port) {
        return trunks.table().at(host, port);
    }

    @Override
    public Hop hop(String uri, Hop heard, Trunk trunk) {
        return doorman.known(finder.hop(uri, heard, trunk));
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

    @Override
    public void onMessage(String callId, TraceEntry entry) {
        byCallId.getOrDefault(callId, List.of()).forEach(dialog -> dialog.onMessage(entry));
    }

    @Override
    public void close() {
        pressure.close();
        timers.close();
        trunkTimers.close();
        threads.shutdownNow();
    }
}
