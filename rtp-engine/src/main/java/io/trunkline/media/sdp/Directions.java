package io.trunkline.media.sdp;

import io.trunkline.media.Direction;
import io.trunkline.media.sdp.Sdp.Attribute;
import java.util.List;
import java.util.Locale;

/** The arithmetic of RFC 3264 sections 5.1 and 6.1: a direction is whether one sends and whether one receives. */
final class Directions {
    private Directions() {}

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? Direction.SENDRECV : Direction.SENDONLY;
        }
        return receives ? Direction.RECVONLY : Direction.INACTIVE;
    }

    static boolean sends(Direction direction) {
        return direction == Direction.SENDRECV || direction == Direction.SENDONLY;
    }

    static boolean receives(Direction direction) {
        return direction == Direction.SENDRECV || direction == Direction.RECVONLY;
    }

    /** What is left of {@code wanted} against a peer that does {@code remote}. */
    static Direction against(Direction wanted, Direction remote) {
        return of(sends(wanted) && receives(remote), receives(wanted) && sends(remote));
    }

    /** The first direction among the attributes, a section's before the session's; none means both ways. */
    static Direction read(List<Attribute> attributes) {
        return attributes.stream()
                .flatMap(a -> List.of(Direction.values()).stream()
                        .filter(d -> attribute(d).name().equals(a.name())))
                .findFirst()
                .orElse(Direction.SENDRECV);
    }

    static Attribute attribute(Direction direction) {
        return Attribute.flag(direction.name().toLowerCase(Locale.ROOT));
    }
}
