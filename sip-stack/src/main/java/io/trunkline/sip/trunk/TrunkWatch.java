package io.trunkline.sip.trunk;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.TrunkListener;
import io.trunkline.sip.TrunkStatus;
import io.trunkline.sip.dialog.Ground;
import io.trunkline.sip.dialog.Solo;
import io.trunkline.sip.dialog.Strand;
import io.trunkline.sip.dialog.Timers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one trunk on that trunk's own worker: keeps its registration, asks OPTIONS, hears of its calls, and says when
 * it goes up or down.
 */
public final class TrunkWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TrunkWatch.class);
    private static final long REGISTER_SECONDS = 600;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final Duration RECOVERY_PING = Duration.ofSeconds(5);
    private static final Duration ADDRESS_CHECK = Duration.ofSeconds(2);
    private static final Timers.Timer UNSET = () -> {};

    private final Ground ground;
    private final Timers timers;
    private final Trunk trunk;
    private final TrunkListener listener;
    private final Strand strand;
    private final TrunkHealth health = new TrunkHealth();
    private final Solo pings;
    private final Solo registration;
    private volatile TrunkStatus status;
    private Timers.Timer nextPing = UNSET;
    private Timers.Timer nextRegister = UNSET;
    private Timers.Timer nextKeepAlive = UNSET;
    private Optional<String> bound = Optional.empty();
    private String asked = "";
    private Duration retry = FIRST_RETRY;
    private Optional<Boolean> registered;
    private boolean firstWord = true;
    private boolean pinging;
    private boolean stopped;

    public TrunkWatch(Ground ground, Timers timers, Trunk trunk, TrunkListener listener) {
        this.ground = ground;
        this.timers = timers;
        this.trunk = trunk;
        this.listener = listener;
        this.strand = new Strand(ground.threads());
        this.pings = new Solo(ground, strand, trunk);
        this.registration = new Solo(ground, strand, trunk);
        this.registered = trunk.register() ? Optional.of(false) : Optional.empty();
        this.status = new TrunkStatus(trunk.id(), TrunkStatus.State.UNKNOWN, registered, "");
    }

    public void start() {
        strand.execute(() -> {
            if (trunk.register()) {
                register();
            }
            if (!trunk.optionsPing().isZero()) {
                ping();
            }
            if (!trunk.keepAlive().isZero()) {
                keepAlive();
            }
            if (trunk.register()) {
                watchAddress();
            }
        });
    }

    /** Takes the binding away and falls silent. */
    public void stop() {
        strand.execute(() -> {
            stopped = true;
            nextPing.cancel();
            nextRegister.cancel();
            nextKeepAlive.cancel();
            if (registered.orElse(false)) {
                hop().ifPresent(hop -> registration.register(hop, 0, result -> {}));
            }
        });
    }

    public Trunk trunk() {
        return trunk;
    }

    public TrunkStatus status() {
        return status;
    }

    /** What a real call found; called from the call's worker. */
    public void onAttempt(boolean reachable) {
        strand.execute(() -> {
            observe(reachable, reachable ? "a call went through" : "a call could not reach it");
            if (!reachable && !pinging && !stopped) {
                // nobody else would notice its recovery
                pinging = true;
                nextPing = after(RECOVERY_PING, this::ping);
            }
        });
    }

    private void ping() {
        if (stopped) {
            return;
        }
        pinging = true;
        Optional<Hop> hop = hop();
        if (hop.isEmpty()) {
            onPing(new Solo.Result(Optional.empty(), "no address for any host"));
        } else {
            pings.options(hop.get(), this::onPing);
        }
    }

    /** Any answer shows that it lives, save 503 and 408, which a proxy says in its stead. */
    private void onPing(Solo.Result result) {
        int code = result.response().map(SipResponse::code).orElse(0);
        boolean alive = code != 0 && code != 503 && code != 408;
        observe(alive, "OPTIONS: " + result.detail());
        boolean down = health.state() != TrunkStatus.State.UP;
        Duration usual = trunk.optionsPing();
        pinging = !usual.isZero() || down;
        if (pinging) {
            boolean soon = usual.isZero() || (down && usual.compareTo(RECOVERY_PING) > 0);
            nextPing = after(soon ? RECOVERY_PING : usual, this::ping);
        }
    }

    private void keepAlive() {
        if (stopped) {
            return;
        }
        try {
            Optional<Hop> hop = hop();
            if (hop.isPresent()) {
                ground.wire().keepAlive(hop.get());
            }
        } catch (WireException e) {
            LOG.debug("{}", e.getMessage()); // OPTIONS and calls say whether the trunk is there
        }
        nextKeepAlive = after(trunk.keepAlive(), this::keepAlive);
    }

    /** A binding under an address that is no longer ours brings no calls: a new one at once. */
    private void watchAddress() {
        if (stopped) {
            return;
        }
        boolean moved = bound.isPresent()
                && hop().map(ground.wire()::contactHostPort)
                        .filter(now -> !now.equals(bound.get()))
                        .isPresent();
        if (moved) {
            LOG.info("trunk {}: our address is another now, registering anew", trunk.name());
            bound = Optional.empty();
            nextRegister.cancel();
            register();
        }
        after(ADDRESS_CHECK, this::watchAddress);
    }

    private Optional<Hop> hop() {
        Iterator<Hop> hops = ground.hops(trunk);
        return hops.hasNext() ? Optional.of(hops.next()) : Optional.empty();
    }

    private void register() {
        if (stopped) {
            return;
        }
        Optional<Hop> hop = hop();
        if (hop.isEmpty()) {
            onRegister(new Solo.Result(Optional.empty(), "no address for any host"));
        } else {
            asked = ground.wire().contactHostPort(hop.get());
            registration.register(hop.get(), REGISTER_SECONDS, this::onRegister);
        }
    }

    private void onRegister(Solo.Result result) {
        boolean ok = result.response().map(SipResponse::success).orElse(false);
        boolean change = firstWord || registered.orElse(false) != ok;
        firstWord = false;
        registered = Optional.of(ok);
        Duration delay;
        if (ok) {
            bound = Optional.of(asked);
            long granted = Solo.granted(result.response().orElseThrow(), asked, REGISTER_SECONDS);
            delay = Duration.ofSeconds(Math.max(granted * 4 / 5, 1));
            retry = FIRST_RETRY;
        } else {
            delay = retry;
            retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retry.multipliedBy(2);
        }
        observe(ok || result.response().isPresent(), "REGISTER: " + result.detail());
        if (change) {
            tell("REGISTER: " + result.detail());
        }
        nextRegister = after(delay, this::register);
    }

    private Timers.Timer after(Duration delay, Runnable task) {
        return timers.after(delay, () -> strand.execute(task));
    }

    private void observe(boolean reachable, String detail) {
        if (health.onResult(reachable)) {
            tell(detail);
        }
    }

    private void tell(String detail) {
        TrunkStatus now = new TrunkStatus(trunk.id(), health.state(), registered, detail);
        status = now;
        LOG.info("trunk {} is {}: {}", trunk.name(), now.state(), detail);
        listener.onTrunkStatus(now);
    }
}
