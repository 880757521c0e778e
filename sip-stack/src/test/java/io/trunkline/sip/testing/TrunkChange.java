package io.trunkline.sip.testing;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.TrunkBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A trunk with some of its habits changed, for tests. */
public record TrunkChange(Trunk trunk) {
    public static TrunkChange of(Trunk trunk) {
        return new TrunkChange(trunk);
    }

    public TrunkChange with(UnaryOperator<TrunkBuilder> change) {
        return new TrunkChange(change.apply(trunk.edit()).build());
    }

    public TrunkChange hosts(List<Trunk.Host> hosts) {
        return with(t -> t.hosts(hosts));
    }

    public TrunkChange auth(String user, String password) {
        return auth(new Trunk.Auth(user, password, Optional.empty()));
    }

    public TrunkChange auth(Trunk.Auth auth) {
        return with(t -> t.auth(Optional.of(auth)));
    }

    public TrunkChange register() {
        return with(t -> t.register(true));
    }

    public TrunkChange proxy(Trunk.Host proxy) {
        return with(t -> t.proxy(Optional.of(proxy)));
    }

    public TrunkChange allowFrom(String... ranges) {
        return with(t -> t.allowFrom(List.of(ranges)));
    }

    public TrunkChange ping(Duration every) {
        return with(t -> t.optionsPing(every));
    }

    public TrunkChange sessionTimer(boolean on, Duration expires, Duration minimum) {
        return with(t -> t.sessionTimer(new Trunk.SessionTimer(on, expires, minimum)));
    }

    public TrunkChange tls(Trunk.Tls tls) {
        return with(t -> t.tls(tls));
    }

    public TrunkChange challenge() {
        return with(t -> t.challenge(true));
    }

    public TrunkChange transfer() {
        return with(t -> t.allowTransfer(true));
    }
}
