package io.trunkline.control.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of the other side cuts a playback short. */
public enum BargeIn {
    NONE,
    DIGITS,
    SPEECH,
    ANY;

    boolean bySpeech() {
        return this == SPEECH || this == ANY;
    }

    private boolean byDigits() {
        return this == DIGITS || this == ANY;
    }

    static void onDigit(Turn turn) {
        interrupt(
                turn,
                "dtmf",
                turn.playing().entrySet().stream()
                        .filter(playing -> playing.getValue().bargeIn().byDigits())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    static void onSpeech(Turn turn) {
        interrupt(
                turn,
                "speech",
                turn.playing().entrySet().stream()
                        .filter(playing -> playing.getValue().bargeIn().bySpeech())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static void interrupt(Turn turn, String by, List<String> playIds) {
        for (String playId : playIds) {
            turn.emit("playback.interrupted", Turn.data("playback_id", playId, "by", by));
            turn.playing().computeIfPresent(playId, (_, playing) -> playing.uninterruptible());
            turn.act(new CallAction.StopPlayback(Optional.of(playId)));
        }
    }
}
