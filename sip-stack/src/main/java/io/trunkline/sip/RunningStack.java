package io.trunkline.sip;

import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Snapshot;
import io.trunkline.sip.jain.JainWire;
import io.trunkline.sip.trunk.Dns;
import io.trunkline.sip.trunk.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The stack: the trunks, the calls, and the wire between them and the world. */
final class RunningStack implements SipStack {
    private final Calls calls;
    private final Reception reception;
    private final JainWire wire;

    RunningStack(SipConfig config, IncomingCalls incoming, TrunkListener trunks, Dns dns) {
        this.calls = new Calls(config, trunks, dns);
        this.reception = new Reception(calls, incoming, calls.doorman(), calls.pressure(), config.answerStrangers());
        try {
            this.wire = JainWire.open(config, calls.doorman(), calls, reception);
        } catch (IOException e) {
            calls.close();
            throw new UncheckedIOException(e);
        }
        calls.attach(wire);
    }

    @Override
    public void setTrunks(Collection<Trunk> trunks) {
        calls.trunks().set(trunks, calls);
    }

    @Override
    public List<Trunk> route(String to) {
        return calls.trunks().table().route(to, calls.trunks()::down);
    }

    @Override
    public TrunkStatus status(String trunkId) {
        return calls.trunks()
                .status(trunkId)
                .orElseGet(
                        () -> new TrunkStatus(trunkId, TrunkStatus.State.UNKNOWN, Optional.empty(), "no such trunk"));
    }

    @Override
    public CompletableFuture<ProbeReport> probe(String trunkId) {
        return CompletableFuture.supplyAsync(() -> new Probe(calls, trunk(trunkId)).run(), calls.threads());
    }

    private Trunk trunk(String id) {
        return calls.trunks().table().find(id).orElseThrow(() -> new IllegalArgumentException("no trunk " + id));
    }

    @Override
    public SipCall invite(InviteRequest request, SipCallListener listener) {
        return InviteDialog.call(calls, trunk(request.trunkId()), request, listener);
    }

    @Override
    public void release(String snapshot) {
        Optional<Snapshot> dialog = Snapshot.decode(snapshot);
        Optional<Trunk> trunk = dialog.flatMap(d -> calls.trunks().table().find(d.trunkId()));
        if (trunk.isPresent()) {
            InviteDialog.release(calls, trunk.get(), dialog.get());
        }
    }

    @Override
    public SipStats stats() {
        return new SipStats(
                calls.size(),
                wire.transactions(),
                calls.pendingTimers(),
                calls.invitesSent(),
                reception.invites(),
                wire.strangers() + reception.strangers(),
                wire.parseErrors(),
                calls.doorman().banned(),
                calls.pressure().refused());
    }

    @Override
    public void close() {
        calls.trunks().close();
        wire.close();
        calls.close();
    }
}
