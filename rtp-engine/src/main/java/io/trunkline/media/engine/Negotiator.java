package io.trunkline.media.engine;

import io.trunkline.media.Direction;
import io.trunkline.media.Negotiation;
import io.trunkline.media.sdp.LocalMedia;
import io.trunkline.media.sdp.MediaPlan;
import io.trunkline.media.sdp.OfferAnswer;
import io.trunkline.media.sdp.Outcome;
import io.trunkline.media.sdp.Sdp;
import io.trunkline.media.sdp.SdpException;
import io.trunkline.media.sdp.SdpParser;
import java.util.Optional;

/** A leg's offers and answers so far, on the thread that controls the call. */
final class Negotiator {
    /** Told of each outcome that changes media. */
    interface Agreed {
        void on(MediaPlan plan, boolean weOffered);
    }

    private final Agreed agreed;
    private LocalMedia local;
    private Optional<Sdp> current = Optional.empty();
    private Optional<Sdp> offered = Optional.empty();

    Negotiator(LocalMedia local, Agreed agreed) {
        this.local = local;
        this.agreed = agreed;
    }

    void direction(Direction direction) {
        local = local.withDirection(direction);
    }

    String offer() {
        Sdp offer = OfferAnswer.offer(local, offered.or(() -> current));
        offered = Optional.of(offer);
        return offer.text();
    }

    Negotiation acceptAnswer(String sdp) {
        if (offered.isEmpty()) {
            return new Negotiation.Refused("invalid_sdp", "an answer without an offer of ours");
        }
        try {
            return conclude(OfferAnswer.accept(local, offered.get(), SdpParser.parse(sdp)), true);
        } catch (SdpException e) {
            return invalid(e);
        }
    }

    Negotiation answer(String sdp) {
        try {
            return conclude(OfferAnswer.answer(local, current, SdpParser.parse(sdp)), false);
        } catch (SdpException e) {
            return invalid(e);
        }
    }

    private Negotiation conclude(Outcome outcome, boolean weOffered) {
        return switch (outcome) {
            case Outcome.Refused(String reason, String detail) -> new Negotiation.Refused(reason, detail);
            case Outcome.Agreed(Sdp ours, MediaPlan plan) -> {
                current = Optional.of(ours);
                agreed.on(plan, weOffered);
                yield new Negotiation.Agreed(ours.text(), plan.codec(), plan.remoteDirection());
            }
        };
    }

    private static Negotiation invalid(SdpException e) {
        return new Negotiation.Refused("invalid_sdp", String.valueOf(e.getMessage()));
    }
}
