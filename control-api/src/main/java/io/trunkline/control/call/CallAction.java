package io.trunkline.control.call;

import io.trunkline.media.AmdSpec;
import io.trunkline.sip.SipEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the machine wants done; {@link Call} does it, in order. */
sealed interface CallAction {
    /** Opens a leg for this trunk and makes our offer. */
    record OpenMedia(String trunkId) implements CallAction {}

    /** Opens a leg that answers the caller's offer. */
    record OpenMediaForCaller() implements CallAction {}

    record AcceptAnswer(String sdp) implements CallAction {}

    /** An offer inside the dialog: answered by media, or refused with 488. */
    record AnswerReoffer(String sdp) implements CallAction {}

    record Invite(String trunkId, String sdp) implements CallAction {}

    record SipRing() implements CallAction {}

    record SipAnswer(String sdp) implements CallAction {}

    record SipReject(int code, String phrase) implements CallAction {}

    record SipHangup(SipEnd.Reason reason) implements CallAction {}

    record SipRefer(String target) implements CallAction {}

    record Hold(boolean on) implements CallAction {}

    /** Speech that will be needed, made while the phone rings. */
    record Prepare(List<Verb> verbs) implements CallAction {}

    record Speak(Verb.Say say) implements CallAction {}

    record PlayAudio(Verb.Play play) implements CallAction {}

    /** From here on it is told when the other side speaks. */
    record WatchSpeech() implements CallAction {}

    record StopPlayback(Optional<String> playId) implements CallAction {}

    record SendDigits(String digits) implements CallAction {}

    /** The transfer that the peer asked for is not made, and it is told so. */
    record DeclineTransfer() implements CallAction {}

    record StartRecording(Verb.StartRecording spec) implements CallAction {}

    record PauseRecording(String recordingId) implements CallAction {}

    record ResumeRecording(String recordingId) implements CallAction {}

    record StopRecording(String recordingId) implements CallAction {}

    record Detect(AmdSpec spec) implements CallAction {}

    record Mute(boolean on) implements CallAction {}

    /** Lets a stream or an agent in. */
    record Admit(Verb verb) implements CallAction {}

    record Dismiss(String guestId, String reason) implements CallAction {}

    record TellGuests(char digit, int durationMs) implements CallAction {}

    record TellSpeech(boolean speaking) implements CallAction {}
    /** What concerns other calls too: {@link Switchboard} does it. */
    sealed interface Joint extends CallAction {}

    record DialOut(Verb.Dial dial) implements Joint {}

    record AskBridge(String callId) implements Joint {}

    record AcceptBridge(String callId) implements Joint {}

    record RefuseBridge(String callId, String why) implements Joint {}

    record LeaveBridge(String callId) implements Joint {}

    /** The leg is not wanted any more. */
    record DropDialled(String callId) implements Joint {}

    record EnterRoom(Verb.Conference conference) implements Joint {}

    record LeaveRoom(Verb.Conference conference) implements Joint {}

    record FetchScript(String url, boolean byGet) implements CallAction {
        FetchScript(String url) {
            this(url, false);
        }
    }

    record StartTimer(CallTimer name, Duration after) implements CallAction {}

    record CancelTimer(CallTimer name) implements CallAction {}

    /** Talk time costs from here on. */
    record StartMeter(long answeredNanos) implements CallAction {}

    /** The end has been told: once it is durable, what the call held is given back. */
    record Settle() implements CallAction {}

    record SaveDialog(String snapshot) implements CallAction {}

    /** Opens a leg for a browser that has not spoken yet, and makes our offer. */
    record OfferBrowser() implements CallAction {}

    record CloseBrowser() implements CallAction {}

    record CloseMedia() implements CallAction {}

    /** Nothing more will come: forget the call. */
    record Retire() implements CallAction {}
}
