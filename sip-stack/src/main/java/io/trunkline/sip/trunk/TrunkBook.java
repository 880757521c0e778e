package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.TrunkListener;
import io.trunkline.sip.TrunkStatus;
import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.Timers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The trunks in force and those who watch them. Names are looked up aside, and again every minute, so that setting
 * trunks never waits for DNS.
 */
public final class TrunkBook implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Dns dns;
    private final Timers timers;
    private final Executor threads;
    private final TrunkListener listener;
    private volatile TrunkTable table = new TrunkTable(List.of(), new Literals());
    private volatile Map<String, TrunkWatch> watches = Map.of();
    private int edition;

    public TrunkBook(Dns dns, Timers timers, Executor threads, TrunkListener listener) {
        this.dns = dns;
        this.timers = timers;
        this.threads = threads;
        this.listener = listener;
    }

    public TrunkTable table() {
        return table;
    }

    /** A trunk that did not change keeps its health and its registration. */
    public synchronized void set(Collection<Trunk> trunks, Ground ground) {
        int now = ++edition;
        Map<String, TrunkWatch> next = new HashMap<>();
        Map<String, TrunkWatch> old = new HashMap<>(watches);
        for (Trunk trunk : trunks) {
            TrunkWatch kept = old.get(trunk.id());
            if (kept != null && kept.trunk().equals(trunk)) {
                next.put(trunk.id(), old.remove(trunk.id()));
            } else {
                next.put(trunk.id(), new TrunkWatch(ground, timers, trunk, listener));
            }
        }
        table = new TrunkTable(trunks, new Literals());
        Map<String, TrunkWatch> before = watches;
        watches = Map.copyOf(next);
        old.values().forEach(TrunkWatch::stop);
        next.values().stream().filter(w -> !before.containsValue(w)).forEach(TrunkWatch::start);
        boolean names = trunks.stream().flatMap(t -> t.hosts().stream()).anyMatch(h -> !Literals.is(h.host()));
        if (names) {
            threads.execute(() -> lookUp(List.copyOf(trunks), now));
        }
    }

    private void lookUp(List<Trunk> trunks, int wanted) {
        TrunkTable fresh = new TrunkTable(trunks, dns);
        synchronized (this) {
            if (wanted != edition) {
                return; // other trunks have been set meanwhile
            }
            table = fresh;
        }
        timers.after(LOOK_AGAIN, () -> threads.execute(() -> lookUp(trunks, wanted)));
    }

    public Optional<TrunkStatus> status(String id) {
        return Optional.ofNullable(watches.get(id)).map(TrunkWatch::status);
    }

    public boolean down(Trunk trunk) {
        return status(trunk.id()).map(s -> s.state() == TrunkStatus.State.DOWN).orElse(false);
    }

    public void onAttempt(Trunk trunk, boolean reachable) {
        TrunkWatch watch = watches.get(trunk.id());
        if (watch != null) {
            watch.onAttempt(reachable);
        }
    }

    @Override
    public synchronized void close() {
        edition++;
        watches.values().forEach(TrunkWatch::stop);
    }

    /** Addresses as they are written; names stay unknown. */
    private static final class Literals implements Dns {
        static boolean is(String host) {
            return host.matches("[0-9.]+") || host.indexOf(':') >= 0;
        }

        @Override
        public List<InetAddress> addresses(String host) {
            return is(host) ? new JndiDns().addresses(host) : List.of();
        }

        @Override
        public List<Target> services(String domain, Transport transport) {
            return List.of();
        }
    }
}
