package io.trunkline.media.engine;

import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.crypto.Fingerprint;
import io.trunkline.media.crypto.SdesKeys;
import io.trunkline.media.engine.SecureTransport.Keying;
import io.trunkline.media.ice.IceCandidate;
import io.trunkline.media.ice.IceCredentials;
import io.trunkline.media.ice.IceRemote;
import io.trunkline.media.sdp.MediaSecurity;
import io.trunkline.media.sdp.Outcome;
import io.trunkline.media.sdp.Sdp.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One leg's policy of encryption, in SDP: on the thread that controls the call. {@code OPTIONAL} offers plain RTP with
 * keys beside it (RFC 8643); what is required is never traded for less.
 */
final class LegSecurity implements MediaSecurity {
    private static final String MID = "0";
    private static final Outcome.Refused NO_KEYS =
            new Outcome.Refused("encryption_unsupported", "the answer has no keys that fit our offer");

    private final SrtpPolicy policy;
    private final Fingerprint fingerprint;
    private final List<IceCandidate> candidates;
    private final boolean iceLite;
    private final IceCredentials credentials = IceCredentials.random();
    private @Nullable SdesKeys keys;
    private Keying.@Nullable Dtls association;

    LegSecurity(SrtpPolicy policy, Fingerprint fingerprint, List<IceCandidate> candidates, boolean iceLite) {
        this.iceLite = iceLite;
        this.policy = policy;
        this.fingerprint = fingerprint;
        this.candidates = List.copyOf(candidates);
    }

    IceCredentials credentials() {
        return credentials;
    }

    private SdesKeys keys() {
        SdesKeys made = keys == null ? new SdesKeys() : keys;
        keys = made;
        return made;
    }

    @Override
    public Secured offer() {
        return switch (policy) {
            case OFF -> new Secured("RTP/AVP", List.of());
            case OPTIONAL -> new Secured("RTP/AVP", cryptoLines());
            case SDES -> new Secured("RTP/SAVP", cryptoLines());
            case DTLS -> {
                List<Attribute> lines = new ArrayList<>(List.of(new Attribute("mid", MID)));
                lines.addAll(handshakeLines("actpass"));
                lines.addAll(connectivityLines());
                yield new Secured("UDP/TLS/RTP/SAVP", lines);
            }
        };
    }

    private List<Attribute> cryptoLines() {
        return keys().offer().stream()
                .map(line -> new Attribute("crypto", line.text()))
                .toList();
    }

    private List<Attribute> handshakeLines(String setup) {
        return List.of(new Attribute("fingerprint", fingerprint.text()), new Attribute("setup", setup));
    }

    /** Complete from the start: nothing trickles from us. */
    private List<Attribute> connectivityLines() {
        List<Attribute> lines = new ArrayList<>(List.of(
                new Attribute("ice-ufrag", credentials.ufrag()), new Attribute("ice-pwd", credentials.password())));
        for (int i = 0; i < candidates.size(); i++) {
            lines.add(new Attribute("candidate", candidates.get(i).text(i + 1)));
        }
        lines.add(Attribute.flag("end-of-candidates"));
        return lines;
    }

    @Override
    public List<Attribute> sessionLines() {
        if (policy != SrtpPolicy.DTLS) {
            return List.of();
        }
        Attribute bundle = new Attribute("group", "BUNDLE " + MID);
        return iceLite ? List.of(bundle, Attribute.flag("ice-lite")) : List.of(bundle);
    }

    @Override
    public boolean checksConnectivity(Remote remote) {
        return policy == SrtpPolicy.DTLS && remoteIce(remote).isPresent();
    }

    @Override
    public Optional<Secured> answer(Remote offer) {
        if (takesDtls() && hasHandshake(offer)) {
            List<Attribute> lines = new ArrayList<>(handshakeLines(speaksFirst(offer) ? "active" : "passive"));
            if (checksConnectivity(offer)) {
                lines.addAll(connectivityLines());
            }
            return Optional.of(new Secured(offer.protocol(), lines));
        }
        if (takesSdes() && !isTls(offer)) {
            Optional<SdesKeys.Agreed> agreed = keys().answer(offer.values("crypto"));
            if (agreed.isPresent()) {
                Attribute line = new Attribute("crypto", agreed.get().ours().text());
                return Optional.of(new Secured(offer.protocol(), List.of(line)));
            }
        }
        return takesPlain() && offer.isPlain()
                ? Optional.of(new Secured(offer.protocol(), List.of()))
                : Optional.empty();
    }

    @Override
    public Optional<Outcome.Refused> refusal(Remote answer) {
        boolean fits =
                switch (policy) {
                    case OFF -> answer.isPlain();
                    case OPTIONAL -> answer.isPlain() || accepted(answer).isPresent();
                    case SDES -> accepted(answer).isPresent();
                    case DTLS -> hasHandshake(answer);
                };
        if (fits) {
            return Optional.empty();
        }
        if (policy == SrtpPolicy.OFF) {
            return Optional.of(UNSUPPORTED);
        }
        return Optional.of(answer.isPlain() ? REQUIRED : NO_KEYS);
    }

    private Optional<SdesKeys.Agreed> accepted(Remote answer) {
        return isTls(answer) ? Optional.empty() : keys().accept(answer.values("crypto"));
    }

    /** What the leg has to do, once the rest of the negotiation has agreed too. */
    SecureTransport agreed(Remote remote, boolean weOffered) {
        return new SecureTransport(
                keying(remote, weOffered),
                checksConnectivity(remote) ? remoteIce(remote) : Optional.empty(),
                weOffered);
    }

    private Keying keying(Remote remote, boolean weOffered) {
        if (takesDtls() && policy != SrtpPolicy.OFF && hasHandshake(remote) && !(weOffered && !offersDtls())) {
            Keying.Dtls next = new Keying.Dtls(speaksFirst(remote), fingerprints(remote));
            association = next;
            return next;
        }
        Optional<SdesKeys.Agreed> agreed = !takesSdes() || isTls(remote)
                ? Optional.empty()
                : weOffered ? keys().accept(remote.values("crypto")) : keys().answer(remote.values("crypto"));
        return agreed.<Keying>map(both -> new Keying.Sdes(both.ours().key(), both.theirs()))
                .orElseGet(Keying.Plain::new);
    }

    /** RFC 5763 section 5: told to choose, we speak first; a running association keeps its roles (RFC 8842). */
    private boolean speaksFirst(Remote remote) {
        Keying.Dtls running = association;
        String setup = remote.value("setup").orElse("").toLowerCase(Locale.ROOT);
        if (running != null && running.fingerprints().equals(fingerprints(remote))) {
            return running.active();
        }
        return !setup.equals("active");
    }

    private boolean hasHandshake(Remote remote) {
        return !fingerprints(remote).isEmpty();
    }

    private static List<Fingerprint> fingerprints(Remote remote) {
        return remote.values("fingerprint").stream()
                .limit(8)
                .flatMap(line -> Fingerprint.parse(line).stream())
                .toList();
    }

    private static Optional<IceRemote> remoteIce(Remote remote) {
        IceCredentials theirs = new IceCredentials(
                remote.value("ice-ufrag").orElse(""), remote.value("ice-pwd").orElse(""));
        List<IceCandidate> candidates = remote.values("candidate").stream()
                .flatMap(line -> IceCandidate.parse(line).stream())
                .toList();
        return theirs.isValid()
                ? Optional.of(new IceRemote(theirs, candidates, remote.has("ice-lite")))
                : Optional.empty();
    }

    private static boolean isTls(Remote remote) {
        return remote.protocol().toUpperCase(Locale.ROOT).contains("TLS");
    }

    private boolean offersDtls() {
        return policy == SrtpPolicy.DTLS;
    }

    private boolean takesDtls() {
        return policy == SrtpPolicy.DTLS || policy == SrtpPolicy.OPTIONAL;
    }

    private boolean takesSdes() {
        return policy == SrtpPolicy.SDES || policy == SrtpPolicy.OPTIONAL;
    }

    private boolean takesPlain() {
        return policy == SrtpPolicy.OFF || policy == SrtpPolicy.OPTIONAL;
    }
}
