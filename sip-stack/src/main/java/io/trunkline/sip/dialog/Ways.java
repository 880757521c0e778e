package io.trunkline.sip.dialog;

import io.trunkline.sip.InviteRequest;
import io.trunkline.sip.Trunk;
import io.trunkline.sip.Trunk.Transport;
import io.trunkline.sip.auth.DigestClient;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.Header;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.Hop;
import io.trunkline.sip.wire.NameAddr;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The ways of a call out, one after another: the hosts of its trunk, TCP first where UDP would cut the request up, and,
 * where the trunk allows it, those of a configured trunk that a 3xx names.
 */
final class Ways {
    /** RFC 3261 18.1.1. */
    private static final int MOST_BY_UDP = 1300;

    /** What the transport adds: Via and User-Agent. */
    private static final int BESIDES = 200;

    private static final int MOST_REDIRECTS = 5;

    /**
     * One of them.
     *
     * @param detour another transport than the host's own: that it is closed says nothing of the trunk
     */
    record Way(
            Hop hop, Trunk trunk, InviteHeaders composer, DigestClient digest, Optional<String> user, boolean detour) {
        String uri() {
            Trunk.Host host = trunk.proxy().isPresent() ? trunk.hosts().getFirst() : reached();
            String own = composer.requestUri(host);
            return user.map(u -> "sip:" + u + own.substring(own.indexOf('@'))).orElse(own);
        }

        private Trunk.Host reached() {
            return trunk.hosts().stream()
                    .filter(h -> h.host().equals(hop.name()) && h.transport() == hop.transport())
                    .findFirst()
                    .orElse(new Trunk.Host(hop.name(), hop.port(), hop.transport(), 0, 0));
        }

        SipRequest invite(InviteDialog call, long seq, Headers extra) {
            Headers all = proxyRoute().and(extra);
            return composer.compose(call.callId(), call.localTag(), seq, hop, call.ground.wire(), uri(), all);
        }

        private Headers proxyRoute() {
            return trunk.proxy()
                    .map(p -> Headers.NONE.with(
                            "Route", "<" + composer.requestUri(p).replaceFirst("sip:[^@]*@", "sip:") + ";lr>"))
                    .orElse(Headers.NONE);
        }
    }

    private final InviteDialog call;
    private final InviteRequest request;
    private Iterator<Way> ways = Collections.emptyIterator();
    private Optional<Way> afterDetour = Optional.empty();
    private int redirects;

    Ways(InviteDialog call, InviteRequest request) {
        this.call = call;
        this.request = request;
    }

    /** The trunk's own; looked up only as they are asked for. */
    void start(InviteHeaders composer, DigestClient digest) {
        ways = of(call.trunk, composer, digest, Optional.empty());
    }

    private Iterator<Way> of(Trunk trunk, InviteHeaders composer, DigestClient digest, Optional<String> user) {
        Iterator<Hop> hops = call.ground.hops(trunk);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return hops.hasNext();
            }

            @Override
            public Way next() {
                return new Way(hops.next(), trunk, composer, digest, user, false);
            }
        };
    }

    boolean more() {
        return afterDetour.isPresent() || ways.hasNext();
    }

    Way next() {
        if (afterDetour.isPresent()) {
            Way plain = afterDetour.get();
            afterDetour = Optional.empty();
            return plain;
        }
        Way way = ways.next();
        boolean large = way.trunk.largeByTcp() && way.hop.transport() == Transport.UDP && size(way) > MOST_BY_UDP;
        if (!large) {
            return way;
        }
        afterDetour = Optional.of(way);
        Hop hop = way.hop;
        Hop tcp = new Hop(hop.address(), hop.port(), Transport.TCP, hop.name(), hop.tls());
        return new Way(tcp, way.trunk, way.composer, way.digest, way.user, true);
    }

    /** The detour led there: its host needs no second try. */
    void arrived() {
        afterDetour = Optional.empty();
    }

    private int size(Way way) {
        SipRequest invite = way.invite(call, 1, Headers.NONE);
        int size = invite.uri().length() + BESIDES + invite.body().getBytes(StandardCharsets.UTF_8).length;
        for (Header header : invite.headers().list()) {
            size += header.name().length() + header.value().length() + 4;
        }
        return size;
    }

    /** Takes up a 3xx; true when it names a host of a configured trunk and the trunk of this call allows it. */
    boolean follow(SipResponse response) {
        if (response.code() / 100 != 3 || !call.trunk.allowRedirect() || ++redirects > MOST_REDIRECTS) {
            return false;
        }
        List<SipUri> targets = response.headers().all("Contact").stream()
                .flatMap(c -> SipUri.parse(NameAddr.parse(c).uri()).stream())
                .filter(u -> u.scheme().equals("sip") && Grammar.isPlainUser(u.user()))
                .toList();
        for (SipUri target : targets) {
            Optional<Trunk> trunk = call.ground.trunkAt(target.host(), target.port());
            if (trunk.isPresent()) {
                ways = redirected(trunk.get(), target);
                afterDetour = Optional.empty();
                return true;
            }
        }
        return false;
    }

    /** With that trunk's own habits and credentials: this trunk's are not shown there. */
    private Iterator<Way> redirected(Trunk trunk, SipUri target) {
        List<Trunk.Host> host =
                trunk.hostAt(target.host(), target.port()).map(List::of).orElse(List.of());
        Trunk there = trunk.edit().hosts(host).proxy(Optional.empty()).build();
        InviteHeaders composer = new InviteHeaders(request, there);
        return of(there, composer, new DigestClient(there.auth()), Optional.of(target.user()));
    }
}
