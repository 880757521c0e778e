package io.trunkline.sip;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a trunk, or a changed copy of one: {@link Trunk#edit}. */
public final class TrunkBuilder {
    private final String id;
    private String name;
    private List<Trunk.Host> hosts = List.of();
    private Optional<Trunk.Auth> auth = Optional.empty();
    private boolean challenge;
    private boolean register;
    private Optional<Trunk.Host> proxy = Optional.empty();
    private List<String> prefixes = List.of();
    private int priority = 10;
    private int weight = 1;
    private List<String> allowFrom = List.of();
    private Trunk.Identity identity = Trunk.Identity.DEFAULT;
    private Trunk.NumberFormat numberFormat = Trunk.NumberFormat.E164;
    private Map<String, String> headers = Map.of();
    private Duration optionsPing = Duration.ZERO;
    private Duration keepAlive = Duration.ZERO;
    private boolean largeByTcp;
    private Trunk.SessionTimer sessionTimer = Trunk.SessionTimer.DEFAULT;
    private Trunk.Tls tls = Trunk.Tls.DEFAULT;
    private boolean allowRedirect;
    private boolean allowTransfer;
    private Set<Integer> failoverCodes = Set.of();
    private Optional<String> profile = Optional.empty();

    TrunkBuilder(String id) {
        this.id = id;
        this.name = id;
    }

    TrunkBuilder(Trunk trunk) {
        this(trunk.id());
        name(trunk.name()).hosts(trunk.hosts()).auth(trunk.auth()).challenge(trunk.challenge());
        register(trunk.register()).proxy(trunk.proxy()).prefixes(trunk.prefixes());
        priority(trunk.priority()).weight(trunk.weight()).allowFrom(trunk.allowFrom());
        identity(trunk.identity()).numberFormat(trunk.numberFormat()).headers(trunk.headers());
        keepAlive(trunk.keepAlive()).largeByTcp(trunk.largeByTcp());
        optionsPing(trunk.optionsPing()).sessionTimer(trunk.sessionTimer()).tls(trunk.tls());
        allowRedirect(trunk.allowRedirect()).allowTransfer(trunk.allowTransfer());
        failoverCodes(trunk.failoverCodes()).profile(trunk.profile());
    }

    public TrunkBuilder name(String name) {
        this.name = name;
        return this;
    }

    public TrunkBuilder hosts(List<Trunk.Host> hosts) {
        this.hosts = List.copyOf(hosts);
        return this;
    }

    public TrunkBuilder auth(Optional<Trunk.Auth> auth) {
        this.auth = auth;
        return this;
    }

    public TrunkBuilder challenge(boolean challenge) {
        this.challenge = challenge;
        return this;
    }

    public TrunkBuilder register(boolean register) {
        this.register = register;
        return this;
    }

    public TrunkBuilder proxy(Optional<Trunk.Host> proxy) {
        this.proxy = proxy;
        return this;
    }

    public TrunkBuilder prefixes(List<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
        return this;
    }

    public TrunkBuilder priority(int priority) {
        this.priority = priority;
        return this;
    }

    public TrunkBuilder weight(int weight) {
        this.weight = weight;
        return this;
    }

    public TrunkBuilder allowFrom(List<String> allowFrom) {
        this.allowFrom = List.copyOf(allowFrom);
        return this;
    }

    public TrunkBuilder identity(Trunk.Identity identity) {
        this.identity = identity;
        return this;
    }

    public TrunkBuilder numberFormat(Trunk.NumberFormat numberFormat) {
        this.numberFormat = numberFormat;
        return this;
    }

    public TrunkBuilder headers(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
        return this;
    }

    public TrunkBuilder optionsPing(Duration optionsPing) {
        this.optionsPing = optionsPing;
        return this;
    }

    public TrunkBuilder keepAlive(Duration keepAlive) {
        this.keepAlive = keepAlive;
        return this;
    }

    public TrunkBuilder largeByTcp(boolean largeByTcp) {
        this.largeByTcp = largeByTcp;
        return this;
    }

    public TrunkBuilder sessionTimer(Trunk.SessionTimer sessionTimer) {
        this.sessionTimer = sessionTimer;
        return this;
    }

    public TrunkBuilder tls(Trunk.Tls tls) {
        this.tls = tls;
        return this;
    }

    public TrunkBuilder allowRedirect(boolean allowRedirect) {
        this.allowRedirect = allowRedirect;
        return this;
    }

    public TrunkBuilder allowTransfer(boolean allowTransfer) {
        this.allowTransfer = allowTransfer;
        return this;
    }

    public TrunkBuilder failoverCodes(Set<Integer> failoverCodes) {
        this.failoverCodes = Set.copyOf(failoverCodes);
        return this;
    }

    public TrunkBuilder profile(Optional<String> profile) {
        this.profile = profile;
        return this;
    }

    public Trunk build() {
        return new Trunk(
                id,
                name,
                hosts,
                auth,
                challenge,
                register,
                proxy,
                prefixes,
                priority,
                weight,
                allowFrom,
                identity,
                numberFormat,
                headers,
                optionsPing,
                keepAlive,
                largeByTcp,
                sessionTimer,
                tls,
                allowRedirect,
                allowTransfer,
                failoverCodes,
                profile);
    }
}
