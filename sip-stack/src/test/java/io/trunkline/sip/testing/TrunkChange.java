package io.trunkline.sip.testing;

import io.trunkline.sip.Trunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A trunk with some of its habits changed, for tests. */
public record TrunkChange(Trunk trunk) {
    public static TrunkChange of(Trunk trunk) {
        return new TrunkChange(trunk);
    }

    public TrunkChange hosts(List<Trunk.Host> hosts) {
        return with(hosts, trunk.auth(), trunk.register(), trunk.proxy(), trunk.allowFrom());
    }

    public TrunkChange auth(String user, String password) {
        Optional<Trunk.Auth> auth = Optional.of(new Trunk.Auth(user, password, Optional.empty()));
        return with(trunk.hosts(), auth, trunk.register(), trunk.proxy(), trunk.allowFrom());
    }

    public TrunkChange auth(Trunk.Auth auth) {
        return with(trunk.hosts(), Optional.of(auth), trunk.register(), trunk.proxy(), trunk.allowFrom());
    }

    public TrunkChange register() {
        return with(trunk.hosts(), trunk.auth(), true, trunk.proxy(), trunk.allowFrom());
    }

    public TrunkChange proxy(Trunk.Host proxy) {
        return with(trunk.hosts(), trunk.auth(), trunk.register(), Optional.of(proxy), trunk.allowFrom());
    }

    public TrunkChange allowFrom(String... ranges) {
        return with(trunk.hosts(), trunk.auth(), trunk.register(), trunk.proxy(), List.of(ranges));
    }

    private TrunkChange with(
            List<Trunk.Host> hosts,
            Optional<Trunk.Auth> auth,
            boolean register,
            Optional<Trunk.Host> proxy,
            List<String> allowFrom) {
        return copy(hosts, auth, register, proxy, allowFrom, trunk.optionsPing(), trunk.sessionTimer(), trunk.tls());
    }

    public TrunkChange ping(Duration every) {
        return copy(
                trunk.hosts(),
                trunk.auth(),
                trunk.register(),
                trunk.proxy(),
                trunk.allowFrom(),
                every,
                trunk.sessionTimer(),
                trunk.tls());
    }

    public TrunkChange sessionTimer(boolean on, Duration expires, Duration minimum) {
        return copy(
                trunk.hosts(),
                trunk.auth(),
                trunk.register(),
                trunk.proxy(),
                trunk.allowFrom(),
                trunk.optionsPing(),
                new Trunk.SessionTimer(on, expires, minimum),
                trunk.tls());
    }

    public TrunkChange tls(Trunk.Tls tls) {
        return copy(
                trunk.hosts(),
                trunk.auth(),
                trunk.register(),
                trunk.proxy(),
                trunk.allowFrom(),
                trunk.optionsPing(),
                trunk.sessionTimer(),
                tls);
    }

    public TrunkChange challenge() {
        Trunk t = trunk;
        return new TrunkChange(new Trunk(
                t.id(),
                t.name(),
                t.hosts(),
                t.auth(),
                true,
                t.register(),
                t.proxy(),
                t.prefixes(),
                t.priority(),
                t.weight(),
                t.allowFrom(),
                t.identity(),
                t.numberFormat(),
                t.headers(),
                t.optionsPing(),
                t.sessionTimer(),
                t.tls(),
                t.allowRedirect(),
                t.allowTransfer(),
                t.failoverCodes(),
                t.profile()));
    }

    public TrunkChange transfer() {
        Trunk t = trunk;
        return new TrunkChange(new Trunk(
                t.id(),
                t.name(),
                t.hosts(),
                t.auth(),
                t.challenge(),
                t.register(),
                t.proxy(),
                t.prefixes(),
                t.priority(),
                t.weight(),
                t.allowFrom(),
                t.identity(),
                t.numberFormat(),
                t.headers(),
                t.optionsPing(),
                t.sessionTimer(),
                t.tls(),
                t.allowRedirect(),
                true,
                t.failoverCodes(),
                t.profile()));
    }

    private TrunkChange copy(
            List<Trunk.Host> hosts,
            Optional<Trunk.Auth> auth,
            boolean register,
            Optional<Trunk.Host> proxy,
            List<String> allowFrom,
            Duration ping,
            Trunk.SessionTimer timer,
            Trunk.Tls tls) {
        Trunk t = trunk;
        return new TrunkChange(new Trunk(
                t.id(),
                t.name(),
                hosts,
                auth,
                t.challenge(),
                register,
                proxy,
                t.prefixes(),
                t.priority(),
                t.weight(),
                allowFrom,
                t.identity(),
                t.numberFormat(),
                t.headers(),
                ping,
                timer,
                tls,
                t.allowRedirect(),
                t.allowTransfer(),
                Set.copyOf(t.failoverCodes()),
                t.profile()));
    }
}
