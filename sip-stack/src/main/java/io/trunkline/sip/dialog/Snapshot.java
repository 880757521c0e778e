package io.trunkline.sip.dialog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A dialog as text: enough to say BYE after the process that led it is gone. */
public record Snapshot(String trunkId, DialogPath path, boolean caller) {
    private static final String VERSION = "1";

    /** The dead process may have sent requests after its last snapshot; a gap in CSeq is legal (RFC 3261 12.2.1.1). */
    private static final int SEQ_MARGIN = 100;

    String encode() {
        List<String> parts = new ArrayList<>(List.of(
                VERSION,
                trunkId,
                caller ? "caller" : "callee",
                path.callId,
                path.local,
                path.remote,
                path.contact,
                path.target(),
                Long.toString(path.localSeq())));
        parts.addAll(path.routes);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return String.join(
                ".",
                parts.stream()
                        .map(p -> base64.encodeToString(p.getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    /** Empty for anything that {@link #encode} did not make. */
    public static Optional<Snapshot> decode(String text) {
        try {
            List<String> parts = new ArrayList<>();
            for (String part : text.split("\\.", -1)) {
                parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            }
            if (parts.size() < 9 || !parts.getFirst().equals(VERSION)) {
                return Optional.empty();
            }
            long seq = Long.parseLong(parts.get(8)) + SEQ_MARGIN;
            DialogPath path = new DialogPath(
                    parts.get(3),
                    parts.get(4),
                    parts.get(5),
                    parts.get(6),
                    parts.subList(9, parts.size()),
                    parts.get(7),
                    seq);
            return Optional.of(new Snapshot(parts.get(1), path, parts.get(2).equals("caller")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
