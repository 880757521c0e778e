package io.trunkline.media.engine;

import io.trunkline.media.crypto.Fingerprint;
import io.trunkline.media.crypto.MasterKey;
import io.trunkline.media.ice.IceRemote;
import java.util.List;
import java.util.Optional;

/**
 * What a negotiation came to below the media.
 *
 * @param ice the peer's side of connectivity checks; empty where its address is in the description
 * @param weOffered whose checks control
 */
record SecureTransport(Keying keying, Optional<IceRemote> ice, boolean weOffered) {
    /** Where the keys come from. */
    sealed interface Keying {
        record Plain() implements Keying {}

        record Sdes(MasterKey ours, MasterKey theirs) implements Keying {}

        /** @param active we speak first */
        record Dtls(boolean active, List<Fingerprint> fingerprints) implements Keying {}
    }
}
