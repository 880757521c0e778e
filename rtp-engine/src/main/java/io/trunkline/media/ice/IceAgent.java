package io.trunkline.media.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by checks on a leg's own socket where the peer is reached (RFC 8445), full or lite, with regular nomination;
 * then keeps asking whether it still wants our packets (RFC 7675). On the media loop, stepped by its turns.
 */
public final class IceAgent {
    /** Section 14.2: no faster than this, whatever the number of candidates. */
    private static final long PACE_NANOS = 20_000_000L;
    /** How long a better pair may still come in after the first that works. */
    private static final long PATIENCE_NANOS = 100_000_000L;

    private static final long GIVE_UP_NANOS = 20_000_000_000L;
    private static final int MOST_PAIRS = 64;

    /** Where messages go out. */
    public interface Wire {
        void send(ByteBuffer message, InetSocketAddress to);
    }

    private final IceCredentials local;
    private final boolean lite;
    private final Wire wire;
    private final Mac localKey;
    private final long ownPriority = IceCandidate.priority(IceCandidate.PEER_REFLEXIVE_PREFERENCE, 0xffff);
    private final List<CandidatePair> pairs = new ArrayList<>();
    private @Nullable IceRemote remote;
    private @Nullable Mac remoteKey;
    private @Nullable Consent consent;
    private @Nullable CandidatePair selected;
    private boolean controlling;
    private long tieBreaker = ThreadLocalRandom.current().nextLong();
    private long startNanos;
    private long firstSuccessNanos;
    private long lastCheckNanos;

    public IceAgent(IceCredentials local, boolean lite, Wire wire) {
        this.local = local;
        this.lite = lite;
        this.wire = wire;
        this.localKey = key(local);
    }

    private static Mac key(IceCredentials credentials) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(credentials.key(), "HmacSHA1"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA1", e);
        }
    }

    /** A negotiation's outcome; other credentials than before are an ICE restart (section 9). */
    public void start(IceRemote peer, boolean weOffered, long nowNanos) {
        IceRemote before = remote;
        if (before == null || !before.credentials().equals(peer.credentials())) {
            remoteKey = key(peer.credentials());
            controlling = !lite && (weOffered || peer.lite());
            if (before != null) {
                pairs.clear();
                selected = null;
                consent = null;
            }
            startNanos = nowNanos;
            firstSuccessNanos = 0;
        }
        remote = peer;
        peer.candidates().forEach(this::add);
    }

    /** One more candidate of the peer, or the same again. */
    public void add(IceCandidate candidate) {
        if (find(candidate.address()) == null && pairs.size() < MOST_PAIRS) {
            pairs.add(new CandidatePair(candidate.address(), candidate.priority()));
            pairs.sort(Comparator.comparingLong((CandidatePair pair) -> pair.priority)
                    .reversed());
        }
    }

    /** Where media goes; null before anything was nominated. */
    public @Nullable InetSocketAddress selected() {
        CandidatePair pair = selected;
        return pair == null ? null : pair.remote;
    }

    /** Nothing was found in time, or the peer has stopped consenting. */
    public boolean hasFailed(long nowNanos) {
        Consent asked = consent;
        if (asked != null) {
            return asked.isLost(nowNanos);
        }
        return remote != null && selected == null && nowNanos - startNanos > GIVE_UP_NANOS;
    }

    public void onTick(long nowNanos) {
        Consent asked = consent;
        if (remote == null || lite) {
            return;
        }
        if (asked != null && selected != null && asked.isDue(nowNanos)) {
            wire.send(request(asked.ask(nowNanos), false), selected.remote);
        }
        if (nowNanos - lastCheckNanos >= PACE_NANOS) {
            lastCheckNanos = nowNanos;
            checkNext(nowNanos);
        }
        if (controlling && selected == null) {
            nominate(nowNanos);
        }
    }

    private void checkNext(long nowNanos) {
        for (CandidatePair pair : pairs) {
            if (pair.isDue(nowNanos)) {
                if (pair.attempt(nowNanos)) {
                    wire.send(request(pair.transaction(), pair.nominating()), pair.remote);
                }
                return;
            }
        }
        for (CandidatePair pair : pairs) {
            if (selected == null && pair.state() == CandidatePair.State.WAITING) {
                pair.begin(false, nowNanos);
                return;
            }
        }
    }

    /** Section 8.1.1: the best pair that works, once those before it had their chance. */
    private void nominate(long nowNanos) {
        if (firstSuccessNanos == 0 || pairs.stream().anyMatch(CandidatePair::nominating)) {
            return;
        }
        for (CandidatePair pair : pairs) {
            if (pair.state() == CandidatePair.State.SUCCEEDED) {
                pair.begin(true, nowNanos);
                return;
            }
            boolean stillOpen = pair.state() != CandidatePair.State.FAILED;
            if (stillOpen && nowNanos - firstSuccessNanos < PATIENCE_NANOS) {
                return;
            }
        }
    }

    private ByteBuffer request(byte[] transaction, boolean nominate) {
        IceRemote peer = Objects.requireNonNull(remote);
        StunWriter writer = new StunWriter(StunMessage.BINDING_REQUEST, transaction)
                .username(peer.credentials().ufrag() + ":" + local.ufrag())
                .priority(ownPriority)
                .role(controlling, tieBreaker);
        if (nominate) {
            writer.useCandidate();
        }
        return writer.sign(Objects.requireNonNull(remoteKey));
    }

    /** False for what is not the peer's: it was dropped and leaves no trace. */
    public boolean onStun(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        StunMessage message = StunMessage.parse(datagram);
        if (message == null) {
            return false;
        }
        return switch (message.type()) {
            case StunMessage.BINDING_REQUEST -> onRequest(message, from, nowNanos);
            case StunMessage.BINDING_SUCCESS, StunMessage.BINDING_ERROR -> onResponse(message, from, nowNanos);
            case StunMessage.BINDING_INDICATION -> selected != null && from.equals(selected.remote);
            default -> false;
        };
    }

    private boolean onRequest(StunMessage request, InetSocketAddress from, long nowNanos) {
        IceRemote peer = remote;
        boolean forUs = peer == null
                ? request.username().startsWith(local.ufrag() + ":")
                : request.username()
                        .equals(local.ufrag() + ":" + peer.credentials().ufrag());
        if (!forUs || !request.isSignedWith(localKey)) {
            return false;
        }
        if (isRoleConflict(request)) {
            wire.send(
                    new StunWriter(StunMessage.BINDING_ERROR, request.transaction())
                            .error(487, "Role Conflict")
                            .sign(localKey),
                    from);
            return true;
        }
        wire.send(
                new StunWriter(StunMessage.BINDING_SUCCESS, request.transaction())
                        .mappedAddress(from)
                        .sign(localKey),
                from);
        learn(request, from, nowNanos);
        return true;
    }

    /** Section 7.3.1.1: the larger tie-breaker controls; we may have to change sides. */
    private boolean isRoleConflict(StunMessage request) {
        Long theirsControlling = request.controlling();
        Long theirsControlled = request.controlled();
        if (controlling && theirsControlling != null) {
            if (Long.compareUnsigned(tieBreaker, theirsControlling) >= 0) {
                return true;
            }
            controlling = false;
        } else if (!controlling && !lite && theirsControlled != null) {
            if (Long.compareUnsigned(tieBreaker, theirsControlled) < 0) {
                return true;
            }
            controlling = true;
        }
        return false;
    }

    /** A check of the peer shows an address of its own, and triggers ours (sections 7.3.1.3 to 7.3.1.5). */
    private void learn(StunMessage request, InetSocketAddress from, long nowNanos) {
        add(new IceCandidate(from, Math.max(1, request.priority()), "prflx"));
        CandidatePair pair = find(from);
        if (pair == null) {
            return;
        }
        boolean chosen = request.useCandidate() && !controlling;
        if (chosen) {
            pair.chooseForPeer();
        }
        if (lite || pair.state() == CandidatePair.State.SUCCEEDED) {
            if (chosen) {
                select(pair, nowNanos);
            }
        } else if (remote != null && pair.state() != CandidatePair.State.IN_PROGRESS) {
            pair.trigger(nowNanos);
        }
    }

    private boolean onResponse(StunMessage response, InetSocketAddress from, long nowNanos) {
        Mac key = remoteKey;
        if (key == null) {
            return false;
        }
        Consent asked = consent;
        if (asked != null && asked.isAnsweredBy(response)) {
            boolean granted = response.type() == StunMessage.BINDING_SUCCESS
                    && selected != null
                    && from.equals(selected.remote)
                    && response.isSignedWith(key);
            if (granted) {
                asked.granted(nowNanos);
            }
            return granted;
        }
        CandidatePair pair = find(from);
        // Section 7.2.5.2.1: an answer from elsewhere than where we asked is none.
        if (pair == null || !response.hasTransaction(pair.transaction()) || !response.isSignedWith(key)) {
            return false;
        }
        if (response.type() == StunMessage.BINDING_ERROR) {
            onError(response, pair, nowNanos);
        } else {
            onSuccess(pair, nowNanos);
        }
        return true;
    }

    private void onError(StunMessage response, CandidatePair pair, long nowNanos) {
        if (response.errorCode() == 487) {
            controlling = !controlling;
            tieBreaker = ThreadLocalRandom.current().nextLong();
            pair.begin(false, nowNanos);
        }
    }

    private void onSuccess(CandidatePair pair, long nowNanos) {
        boolean nominated = controlling ? pair.nominating() : pair.chosenByPeer();
        pair.succeed();
        firstSuccessNanos = firstSuccessNanos == 0 ? nowNanos : firstSuccessNanos;
        if (nominated) {
            select(pair, nowNanos);
        }
    }

    private void select(CandidatePair pair, long nowNanos) {
        if (!pair.equals(selected)) {
            selected = pair;
            consent = lite ? null : new Consent(nowNanos);
        }
    }

    private @Nullable CandidatePair find(InetSocketAddress address) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).remote.equals(address)) {
                return pairs.get(i);
            }
        }
        return null;
    }
}
