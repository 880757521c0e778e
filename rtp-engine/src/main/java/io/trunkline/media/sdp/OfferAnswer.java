package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.sdp.MediaSecurity.Secured;
import io.trunkline.media.sdp.Sdp.Attribute;
import io.trunkline.media.sdp.Sdp.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The offer/answer model of RFC 3264 for one audio stream, as functions of what both sides said. {@code current} is our
 * latest description of the session: with it, sections keep their places, payload types their numbers, and the version
 * grows only when something changed.
 */
public final class OfferAnswer {
    private OfferAnswer() {}

    /** Our offer, or re-offer. */
    public static Sdp offer(LocalMedia local, Optional<Sdp> current) {
        int place = current.map(OfferAnswer::activeAudio).orElse(-1);
        Optional<Media> active =
                current.filter(sdp -> place >= 0).map(sdp -> sdp.media().get(place));
        Media audio = LocalDescription.offered(local, PayloadNumbers.formats(local.codecs(), active), active);
        List<Media> sections = new ArrayList<>(current.map(Sdp::media).orElse(List.of()));
        sections.replaceAll(Media::refused);
        if (place < 0) {
            sections.add(audio);
        } else {
            sections.set(place, audio);
        }
        return LocalDescription.assemble(local, sections, local.security().sessionLines(), current);
    }

    /** Their answer to our {@code offer}. */
    public static Outcome accept(LocalMedia local, Sdp offer, Sdp answer) {
        try {
            return accepted(local, offer, answer);
        } catch (SdpException e) {
            return invalid(e);
        }
    }

    /** Our answer to their offer. */
    public static Outcome answer(LocalMedia local, Optional<Sdp> current, Sdp offer) {
        try {
            return answered(local, current, offer);
        } catch (SdpException e) {
            return invalid(e);
        }
    }

    private static Outcome accepted(LocalMedia local, Sdp offer, Sdp answer) {
        int index = activeAudio(offer);
        if (index < 0 || index >= answer.media().size()) {
            return new Outcome.Refused("invalid_sdp", "the answer has no section for our audio");
        }
        Media ours = offer.media().get(index);
        PeerAudio theirs = PeerAudio.of(answer, answer.media().get(index), local.security());
        if (theirs.media().port() == 0 || !theirs.media().isAudio()) {
            return new Outcome.Refused("media_refused", "the answer refuses our audio");
        }
        Optional<Outcome.Refused> refusal = local.security().refusal(theirs.lines());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return agree(local, offer, Format.of(ours), theirs, theirs.mux() && hasFlag(ours, "rtcp-mux"));
    }

    private static Outcome answered(LocalMedia local, Optional<Sdp> current, Sdp offer) {
        Outcome first = new Outcome.Refused("no_audio", "the offer has no audio section that is open");
        boolean refusedBefore = false;
        for (int place = 0; place < offer.media().size(); place++) {
            if (isOpenAudio(offer.media().get(place))) {
                Outcome outcome = answerSection(local, current, offer, place);
                if (outcome instanceof Outcome.Agreed) {
                    return outcome;
                }
                first = refusedBefore ? first : outcome;
                refusedBefore = true;
            }
        }
        return first;
    }

    private static Outcome answerSection(LocalMedia local, Optional<Sdp> current, Sdp offer, int place) {
        PeerAudio theirs = PeerAudio.of(offer, offer.media().get(place), local.security());
        Optional<Secured> secured = local.security().answer(theirs.lines());
        if (secured.isEmpty()) {
            return theirs.lines().isPlain()
                    ? new Outcome.Refused("encryption_required", "the offer is plain RTP")
                    : new Outcome.Refused(
                            "encryption_unsupported",
                            "no keys in common for " + theirs.media().protocol());
        }
        Optional<Format> chosen = firstCommon(local.codecs(), theirs.formats());
        if (chosen.isEmpty()) {
            return noCommonCodec(theirs);
        }
        List<Format> formats = answerFormats(chosen.get(), theirs.formats());
        Media audio = LocalDescription.answered(local, formats, theirs, secured.get());
        List<Media> sections = new ArrayList<>(offer.media());
        sections.replaceAll(Media::refused);
        sections.set(place, audio);
        List<Attribute> session = new ArrayList<>(bundle(theirs));
        local.security().sessionLines().stream()
                .filter(line -> !line.name().equals("group"))
                .forEach(session::add);
        Sdp answer = LocalDescription.assemble(local, sections, session, current);
        return agree(local, answer, formats, theirs, theirs.mux());
    }

    /** One codec, so that nobody switches in mid-call, and the telephone-event that shares its clock. */
    private static List<Format> answerFormats(Format chosen, List<Format> theirs) {
        List<Format> formats = new ArrayList<>();
        formats.add(LocalDescription.ours(chosen));
        telephoneEvent(theirs, chosen.clockRate())
                .map(f -> Format.telephoneEvent(f.payloadType(), f.clockRate()))
                .ifPresent(formats::add);
        return formats;
    }

    private static Outcome agree(LocalMedia local, Sdp sdp, List<Format> ours, PeerAudio theirs, boolean mux) {
        List<Codec> codecs = ours.stream().flatMap(f -> f.codec().stream()).toList();
        Optional<Format> chosen = firstCommon(codecs, theirs.formats());
        if (chosen.isEmpty()) {
            return noCommonCodec(theirs);
        }
        Optional<String> unreachable = theirs.address()
                .filter(address -> address.getClass() != local.address().getClass())
                .map(address -> "the peer's address is of another family than ours");
        return unreachable
                .<Outcome>map(detail -> new Outcome.Refused("unreachable_address", detail))
                .orElseGet(() -> new Outcome.Agreed(sdp, Plans.plan(local, ours, theirs, chosen.get(), mux)));
    }

    private static Optional<Format> firstCommon(List<Codec> codecs, List<Format> formats) {
        return formats.stream()
                .filter(f -> f.codec().filter(codecs::contains).isPresent())
                .findFirst();
    }

    /** The one on the codec's clock (RFC 4733 section 2.1 asks for it), else the one at 8000, else any. */
    static Optional<Format> telephoneEvent(List<Format> formats, int clockRate) {
        List<Format> events = formats.stream().filter(Format::isTelephoneEvent).toList();
        return events.stream()
                .filter(f -> f.clockRate() == clockRate)
                .findFirst()
                .or(() -> events.stream().filter(f -> f.clockRate() == 8000).findFirst())
                .or(() -> events.stream().findFirst());
    }

    /** RFC 9143: a bundled section is answered in a bundle of its own. */
    private static List<Attribute> bundle(PeerAudio theirs) {
        return theirs.lines()
                .value("mid")
                .filter(mid -> theirs.lines().values("group").stream().anyMatch(group -> bundles(group, mid)))
                .map(mid -> List.of(new Attribute("group", "BUNDLE " + mid)))
                .orElse(List.of());
    }

    private static boolean bundles(String group, String mid) {
        List<String> words = List.of(group.split("\\s+", -1));
        return words.getFirst().equals("BUNDLE") && words.lastIndexOf(mid) > 0;
    }

    /** The place of the section that is in use, or −1. */
    private static int activeAudio(Sdp sdp) {
        return IntStream.range(0, sdp.media().size())
                .filter(i -> isOpenAudio(sdp.media().get(i)))
                .findFirst()
                .orElse(-1);
    }

    private static boolean isOpenAudio(Media media) {
        return media.isAudio() && media.port() != 0;
    }

    private static boolean hasFlag(Media media, String name) {
        return media.attributes().stream().anyMatch(a -> a.name().equals(name));
    }

    private static Outcome noCommonCodec(PeerAudio theirs) {
        List<String> names = theirs.formats().stream()
                .filter(f -> !f.isTelephoneEvent())
                .map(f -> f.encoding() + "/" + f.clockRate())
                .toList();
        return new Outcome.Refused("no_common_codec", "the peer takes " + String.join(", ", names));
    }

    private static Outcome invalid(SdpException e) {
        return new Outcome.Refused("invalid_sdp", String.valueOf(e.getMessage()));
    }
}
