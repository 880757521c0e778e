package io.trunkline.control.call;

import io.trunkline.media.RecordSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a script or one live command; the words are the API's. */
public sealed interface Verb {
    /** Speaks; {@code playId} is given by whoever asked, so that the answer and the events share it. */
    record Say(
            String playId,
            String text,
            Optional<String> voice,
            Optional<String> language,
            double rate,
            int loop,
            BargeIn bargeIn)
            implements Verb {
        /** To its end, whatever the other side does. */
        public Say(
                String playId, String text, Optional<String> voice, Optional<String> language, double rate, int loop) {
            this(playId, text, voice, language, rate, loop, BargeIn.NONE);
        }
    }

    /** Makes speech ready, to be spoken when it is committed. */
    record Stage(Say say) implements Verb {}

    /** Speaks what was staged under this id. */
    record Commit(String playId) implements Verb {}

    record Play(String playId, AudioRef audio, int loop, BargeIn bargeIn) implements Verb {
        /** To its end, whatever the other side does. */
        public Play(String playId, AudioRef audio, int loop) {
            this(playId, audio, loop, BargeIn.NONE);
        }
    }

    record Pause(Duration length) implements Verb {}

    record SendDigits(String digits) implements Verb {}

    record Gather(
            int minDigits,
            int maxDigits,
            Duration timeout,
            String terminators,
            int attempts,
            List<Verb> prompt,
            List<Verb> onResult,
            Optional<String> onResultUrl)
            implements Verb {}

    /** Starts a recording; {@code recordingId} is given by whoever asked. */
    record StartRecording(
            String recordingId,
            boolean dual,
            String format,
            boolean fromRinging,
            Optional<Duration> maxLength,
            boolean silenceWhilePaused,
            boolean trim,
            Optional<Duration> beepEvery)
            implements Verb {

        /** A whole WAV file from the answer on, without a beep. */
        public static StartRecording dual(String recordingId) {
            return new StartRecording(recordingId, true, "wav", false, Optional.empty(), true, false, Optional.empty());
        }

        RecordSpec spec() {
            return new RecordSpec(recordingId, dual, maxLength, silenceWhilePaused, trim, beepEvery);
        }
    }

    record PauseRecording(Optional<String> recordingId) implements Verb {}

    record ResumeRecording(Optional<String> recordingId) implements Verb {}

    record StopRecording(Optional<String> recordingId) implements Verb {}

    /** Ends playbacks: one, or all. */
    record Stop(Optional<String> playId) implements Verb {}

    record Mute(boolean on) implements Verb {}

    record Hold(boolean on) implements Verb {}

    record Amd(AmdPolicy policy) implements Verb {}

    /** Asks a user's server what to do next: by POST with the call, or by a plain GET. */
    record Redirect(String url, boolean byGet) implements Verb {
        public Redirect(String url) {
            this(url, false);
        }
    }

    record Set(Map<String, Object> metadata) implements Verb {}

    /**
     * Hands the call over.
     *
     * @param callId of the new leg, where one is made
     * @param byReferral the carrier is asked to (REFER); else a new leg is called and joined here
     */
    record Transfer(String callId, String target, boolean byReferral) implements Verb {}

    /**
     * Calls somebody and joins the two.
     *
     * @param callId of the new leg
     * @param ringback what the caller hears meanwhile
     * @param whisper what the callee hears before the two are joined
     */
    record Dial(
            String callId,
            String to,
            Optional<String> from,
            Optional<String> trunk,
            Duration timeout,
            Optional<Play> ringback,
            List<Verb> whisper,
            List<Verb> onResult,
            Optional<String> onResultUrl)
            implements Verb {}

    /** Joins with another call that is up. */
    record Bridge(String callId) implements Verb {}

    /**
     * Enters a room that the account's calls share.
     *
     * @param muted listens only
     * @param endOnExit the room is over when this call leaves it
     */
    record Conference(String room, boolean muted, boolean endOnExit) implements Verb {}

    record Answer() implements Verb {}

    record Reject(int code, String phrase) implements Verb {}

    record Hangup() implements Verb {}

    /**
     * Talks to a browser: one whose offer came with the call is joined from the start; a call in is offered to one and
     * rings until somebody answers.
     */
    record Browser(Optional<String> sdpOffer) implements Verb {}

    /** Live sound to and from a program; {@code streamId} is given by whoever asked. */
    record Stream(String streamId, StreamSpec spec) implements Verb {}

    record Agent(String agentId, AgentSpec spec) implements Verb {}

    /** Ends a stream or an agent: one, or all of a kind. */
    record Dismiss(String kind, Optional<String> id) implements Verb {}

    /** Replaces what is running by other verbs. */
    record Script(List<Verb> verbs) implements Verb {}

    /** Where a playback's audio lies. */
    sealed interface AudioRef {
        record Url(String url) implements AudioRef {}

        /** What came as base64, decoded to a file of ours named by its content. */
        record Stored(Path file) implements AudioRef {}

        record Media(String mediaId) implements AudioRef {}

        record Tone(String name) implements AudioRef {}

        /** The same, as loud as {@code dbfs} says. */
        record AsLoudAs(AudioRef audio, double dbfs) implements AudioRef {}
    }
}
