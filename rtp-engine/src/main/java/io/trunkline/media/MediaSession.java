package io.trunkline.media;

import java.util.Optional;

/**
 * One leg's media, as the thread that controls the call sees it. Negotiation is computed at once on that thread;
 * everything else only enqueues to the leg's media loop and answers through {@link MediaEvent}s.
 */
public interface MediaSession {
    String id();

    /** Our offer: the first one, or a re-offer that carries the current direction. */
    String createOffer();

    /** Their answer to our latest offer (in a 183, a 200, or an UPDATE's 200). */
    Negotiation acceptAnswer(String sdp);

    /** Their offer: {@link Negotiation.Agreed} carries our answer. */
    Negotiation answerOffer(String sdp);

    /** One more candidate of the peer (trickle ICE, RFC 8838); what cannot be used is left out. */
    void addRemoteCandidate(String candidate);

    /** What the next offer or answer says of direction; {@code SENDONLY} holds the peer. */
    void direction(Direction direction);

    /**
     * Renders a source ahead of time, down to the packets of the codec that is spoken or, before there is an answer, of
     * the one offered first: an answer keeps to the offer's order (RFC 3264 section 6.1). A source without a cache key
     * is left alone.
     */
    void prepare(AudioSource source);

    /** Queues a playback; it starts when those before it have ended. */
    void play(Playback playback);

    /** Ends one playback, or with empty all of them, at the next frame. */
    void stopPlayback(Optional<String> playbackId);

    void pausePlayback(String playbackId);

    void resumePlayback(String playbackId);

    /** Sends digits {@code 0-9 * # A-D}, {@code w} for half a second's pause; they are queued after one another. */
    void sendDigits(String digits);

    void record(RecordSpec spec);

    void pauseRecording(String recordingId);

    void resumeRecording(String recordingId);

    void stopRecording(String recordingId);

    /** Starts listening for person or machine; at most one at a time. */
    void detect(AmdSpec spec);

    void stopDetecting();

    /** Starts or stops reporting when the peer speaks ({@link MediaEvent.SpeechStarted}, {@code SpeechStopped}). */
    void watchSpeech(boolean wanted);

    /** Hands every frame heard and said to {@code tap} until it is removed. */
    void addTap(String tapId, TapSpec spec, AudioTap tap);

    void removeTap(String tapId);

    /**
     * Opens a way in for live sound, said while no playback is; it takes the place of the one before.
     *
     * @param listener told of marks and clears, on the media loop
     */
    AudioFeed openFeed(FeedSpec spec, FeedListener listener);

    /** Silences what we send (playback goes on unheard), what we hear (for taps, AMD and bridge), or neither. */
    void mute(boolean outbound, boolean inbound);

    /** Joins two legs; each hears the other until {@link #unbridge}. The other one moves to this one's loop if need be. */
    void bridge(MediaSession other);

    void unbridge();

    /** A recent view of the stream's health; never blocks. */
    LegStats stats();

    /** Ends everything; {@link MediaEvent.MediaClosed} is the last event and carries what was still playing. */
    void close();
}
