package io.trunkline.media.ice;

import java.util.List;

/** What the peer's description says of connectivity. */
public record IceRemote(IceCredentials credentials, List<IceCandidate> candidates, boolean lite) {
    private static final int MOST_CANDIDATES = 32;

    public IceRemote {
        candidates = candidates.stream().limit(MOST_CANDIDATES).toList();
    }
}
