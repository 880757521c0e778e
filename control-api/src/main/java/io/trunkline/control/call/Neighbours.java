package io.trunkline.control.call;

/** What other calls hear from one that is not up. */
final class Neighbours {
    private Neighbours() {}

    static void tooEarly(Turn turn, CallInput.Neighbour input) {
        refuse(turn, input, "it is not answered yet");
    }

    static void tooLate(Turn turn, CallInput.Neighbour input) {
        refuse(turn, input, "it has ended");
    }

    private static void refuse(Turn turn, CallInput.Neighbour input, String why) {
        switch (input) {
            case CallInput.BridgeAsked(String callId) -> turn.act(new CallAction.RefuseBridge(callId, why));
            case CallInput.BridgeAccepted(String callId) -> turn.act(new CallAction.LeaveBridge(callId));
            case CallInput.DialPlaced(String callId) -> turn.act(new CallAction.DropDialled(callId));
            case CallInput.BridgeRefused _,
                    CallInput.DialRefused _,
                    CallInput.DialEnded _,
                    CallInput.PartnerLeft _,
                    CallInput.RoomEntered _,
                    CallInput.RoomClosed _ -> {
                // no company any more
            }
        }
    }
}
