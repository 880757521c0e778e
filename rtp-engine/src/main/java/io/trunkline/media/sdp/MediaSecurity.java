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
    };

    /** The profile of our offer and its lines (crypto, fingerprint, setup, ice-ufrag, candidate …). */
    Secured offer();

    /** The profile and lines of our answer to theirs; empty refuses the stream. */
    Optional<Secured> answer(Remote remote);

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
