package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.codec.CodecParams;
import io.trunkline.media.sdp.MediaPlan.TelephoneEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns two matching sections into the plan of a leg. */
final class Plans {
    private Plans() {}

    static MediaPlan plan(LocalMedia local, List<Format> ours, PeerAudio theirs, Format chosen, boolean mux) {
        Codec codec = chosen.codec().orElseThrow();
        Format own = ours.stream()
                .filter(f -> f.codec().filter(codec::equals).isPresent())
                .findFirst()
                .orElse(chosen);
        return new MediaPlan(
                codec,
                new CodecParams(chosen.payloadType(), theirs.ptimeMs(local.ptimeMs()), chosen.fmtp(), 0),
                new CodecParams(own.payloadType(), local.ptimeMs(), own.fmtp(), 0),
                receiveTypes(ours, theirs.formats()),
                OfferAnswer.telephoneEvent(theirs.formats(), chosen.clockRate())
                        .map(f -> new TelephoneEvent(f.payloadType(), f.clockRate())),
                receiveDigits(ours, theirs.formats()),
                theirs.rtp(),
                theirs.rtcp(mux),
                mux,
                Directions.against(local.direction(), theirs.direction()),
                theirs.direction(),
                theirs.lines());
    }

    /** The peer has to use our numbers; one that uses its own is understood where they mean nothing else. */
    private static Map<Integer, Codec> receiveTypes(List<Format> ours, List<Format> theirs) {
        Map<Integer, Codec> types = new HashMap<>();
        ours.forEach(f -> f.codec().ifPresent(codec -> types.put(f.payloadType(), codec)));
        theirs.stream()
                .filter(f -> isFree(f.payloadType(), ours))
                .forEach(f -> f.codec()
                        .filter(codec -> types.containsValue(codec))
                        .ifPresent(codec -> types.put(f.payloadType(), codec)));
        return types;
    }

    private static Map<Integer, Integer> receiveDigits(List<Format> ours, List<Format> theirs) {
        Map<Integer, Integer> types = new HashMap<>();
        theirs.stream()
                .filter(f -> f.isTelephoneEvent() && isFree(f.payloadType(), ours))
                .forEach(f -> types.put(f.payloadType(), f.clockRate()));
        ours.stream().filter(Format::isTelephoneEvent).forEach(f -> types.put(f.payloadType(), f.clockRate()));
        return types;
    }

    private static boolean isFree(int payloadType, List<Format> ours) {
        return ours.stream().noneMatch(f -> f.payloadType() == payloadType);
    }
}
