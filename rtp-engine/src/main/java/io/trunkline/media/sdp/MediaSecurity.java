package io.trunkline.media.sdp;

import io.trunkline.media.sdp.Sdp.Attribute;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a leg says of encryption and connectivity in SDP; who holds the keys implements it. */
public interface MediaSecurity {
    /** Plain RTP: offers none and takes none. */
    MediaSecurity NONE = new MediaSecurity() {
        @Override
        public Secured offer() {
            return new Secured("RTP/AVP", List.of());
        }

        @Override
        public Optional<Secured> answer(Remote remote) {
            return remote.isPlain() ? Optional.of(new Secured(remote.protocol(), List.of())) : Optional.empty();
        }

        @Override
        public Optional<Outcome.Refused> refusal(Remote answer) {
            return answer.isPlain() ? Optional.empty() : Optional.of(UNSUPPORTED);
        }
    };

    Outcome.Refused UNSUPPORTED =
            new Outcome.Refused("encryption_unsupported", "the answer asks for encryption we did not offer");
    Outcome.Refused REQUIRED = new Outcome.Refused("encryption_required", "the answer falls back to plain RTP");

    /** The profile of our offer and its lines (crypto, fingerprint, setup, ice-ufrag, candidate …). */
    Secured offer();

    /** The profile and lines of our answer to theirs; empty refuses the stream. */
    Optional<Secured> answer(Remote remote);

    /** Why their answer to our offer cannot be used; empty when it can. */
    Optional<Outcome.Refused> refusal(Remote answer);

    /** Whether connectivity checks (ICE) find the peer, so that its default address means nothing. */
    default boolean checksConnectivity(Remote remote) {
        return false;
    }

    /** Lines of ours that hold for the whole session. */
    default List<Attribute> sessionLines() {
        return List.of();
    }

    /** What goes into our m= section. */
    record Secured(String protocol, List<Attribute> attributes) {
        public Secured {
            attributes = List.copyOf(attributes);
        }
    }

    /** The peer's section: its profile and every attribute that holds for it, its own before the session's. */
    record Remote(String protocol, List<Attribute> attributes) {
        public Remote {
            attributes = List.copyOf(attributes);
        }

        /** RFC 3551 and RFC 4585 profiles: no encryption. */
        public boolean isPlain() {
            String profile = protocol.toUpperCase(Locale.ROOT);
            return profile.equals("RTP/AVP") || profile.equals("RTP/AVPF");
        }

        public List<String> values(String name) {
            return attributes.stream()
                    .filter(a -> a.name().equalsIgnoreCase(name))
                    .map(Attribute::value)
                    .toList();
        }

        public Optional<String> value(String name) {
            return values(name).stream().findFirst();
        }

        public boolean has(String name) {
            return !values(name).isEmpty();
        }
    }
}
