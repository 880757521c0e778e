package io.trunkline.sip;

import io.trunkline.sip.dialog.InviteDialog;
import io.trunkline.sip.dialog.Snapshot;
import io.trunkline.sip.jain.JainWire;
import io.trunkline.sip.trunk.HopFinder;
import io.trunkline.sip.trunk.JndiDns;
import io.trunkline.sip.trunk.TrunkTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The stack: the trunks, the calls, and the wire between them and the world. */
final class RunningStack implements SipStack {
    private final JndiDns dns = new JndiDns();
    private final Calls calls;
    private final JainWire wire;

    RunningStack(SipConfig config, IncomingCalls incoming, TrunkListener trunks) {
        this.calls = new Calls(config, incoming, new HopFinder(dns, ThreadLocalRandom.current()));
        try {
            this.wire = JainWire.open(config, calls, calls, calls);
        } catch (IOException e) {
            calls.close();
            throw new UncheckedIOException(e);
        }
        calls.attach(wire);
    }

    @Override
    public void setTrunks(Collection<Trunk> trunks) {
        calls.trunks(new TrunkTable(trunks, dns));
    }

    @Override
    public List<Trunk> route(String to) {
        return calls.trunks().route(to, t -> status(t.id()).state() == TrunkStatus.State.DOWN);
    }

    @Override
    public TrunkStatus status(String trunkId) {
        return new TrunkStatus(trunkId, TrunkStatus.State.UNKNOWN, Optional.empty(), "");
    }

    @Override
    public SipCall invite(InviteRequest request, SipCallListener listener) {
        Trunk trunk = calls.trunks()
                .find(request.trunkId())
                .orElseThrow(() -> new IllegalArgumentException("no trunk " + request.trunkId()));
        return InviteDialog.call(calls, trunk, request, listener);
    }

    @Override
    public void release(String snapshot) {
        Optional<Snapshot> dialog = Snapshot.decode(snapshot);
        Optional<Trunk> trunk = dialog.flatMap(d -> calls.trunks().find(d.trunkId()));
        if (trunk.isPresent()) {
            InviteDialog.release(calls, trunk.get(), dialog.get());
        }
    }

    @Override
    public SipStats stats() {
        return calls.stats(wire.transactions(), wire.strangers(), wire.parseErrors());
    }

    @Override
    public void close() {
        wire.close();
        calls.close();
    }
}
