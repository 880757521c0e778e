package io.trunkline.control.call;

/** What the machine makes of a call's browser. */
final class BrowserTalk {
    private BrowserTalk() {}

    /** True when the call cannot go on without it. */
    static boolean on(Turn turn, BrowserEvent event) {
        if (turn.phase() == CallState.Phase.ENDING || turn.phase() == CallState.Phase.ENDED) {
            return false;
        }
        switch (event) {
            case BrowserEvent.Offered(String sdp) -> turn.emit("webrtc.offered", Turn.data("sdp_offer", sdp));
            case BrowserEvent.Joined() -> turn.emit("webrtc.joined");
            case BrowserEvent.Connected() -> turn.emit("webrtc.connected");
            case BrowserEvent.Answered(String sdp) -> turn.emit("webrtc.answered", Turn.data("sdp_answer", sdp));
            case BrowserEvent.Gone(String reason, String detail) -> {
                turn.emit("webrtc.left", Turn.data("reason", reason, "detail", detail));
                return true;
            }
        }
        return false;
    }
}
