package io.trunkline.control.call;

import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaListener;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.NoMediaPortsException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The browser's side of a call: a leg of its own, joined to the phone's. What happens to it is told to the call. */
final class BrowserLeg implements MediaListener {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final MediaSession session;
    private volatile Consumer<BrowserEvent> owner = BrowserLeg::nobody;
    private volatile Optional<String> answer = Optional.empty();

    private BrowserLeg(CallDesk desk, String callId) {
        session = desk.media().open(desk.trunks().browserLeg(callId + "/browser-" + NUMBER.incrementAndGet()), this);
    }

    /** Opens a leg for a call. */
    static BrowserLeg open(CallDesk desk, String callId) {
        try {
            return new BrowserLeg(desk, callId);
        } catch (NoMediaPortsException none) {
            throw CallRefused.of(503, "no_media_ports", "Every RTP port is in use: widen rtp.ports.");
        }
    }

    /** Our answer to the browser's offer; an offer that cannot be used leaves nothing open. */
    String answer(String offer) {
        String ours = agreed(session.answerOffer(offer), "sdp_offer");
        answer = Optional.of(ours);
        return ours;
    }

    /** Ours or the browser's, whoever did not make the offer; empty until it has come. */
    Optional<String> answer() {
        return answer;
    }

    String offer() {
        return session.createOffer();
    }

    void accept(String theirs) {
        agreed(session.acceptAnswer(theirs), "sdp_answer");
        answer = Optional.of(theirs);
    }

    private String agreed(Negotiation outcome, String field) {
        return switch (outcome) {
            case Negotiation.Agreed(String sdp, var _, var _) -> sdp;
            case Negotiation.Refused(String reason, String detail) -> {
                close();
                throw CallRefused.invalid(field, "cannot be used (" + reason + "): " + detail);
            }
        };
    }

    private static void nobody(BrowserEvent event) {
        // A leg without a call: its offer was refused, or the call has let it go.
    }

    void ownedBy(Consumer<BrowserEvent> call) {
        owner = call;
    }

    MediaSession session() {
        return session;
    }

    void close() {
        owner = BrowserLeg::nobody;
        session.close();
    }

    /** The digits of a joined leg go straight to the phone; what it plays or records is nobody's wish. */
    @Override
    public void onMediaEvent(String sessionId, MediaEvent event) {
        switch (event) {
            case MediaEvent.MediaConnected _ -> owner.accept(new BrowserEvent.Connected());
            case MediaEvent.SecurityFailed(String reason, String detail) ->
                owner.accept(new BrowserEvent.Gone(reason, detail));
            case MediaEvent.MediaFailed(String reason) -> owner.accept(new BrowserEvent.Gone("media_failed", reason));
            default -> {
                // nothing that the call depends on
            }
        }
    }
}
