package io.trunkline.media.engine;

import io.trunkline.media.Codec;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.RecordSpec;
import io.trunkline.media.graph.Beeper;
import io.trunkline.media.play.PcmRate;
import io.trunkline.media.record.LegRecorder;
import io.trunkline.media.record.RecordLane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The recordings of one leg that run now. */
final class Recorders {
    private static final int NARROWBAND = 8000;

    private final List<LegRecorder> running = new ArrayList<>();

    void start(
            RecordSpec spec,
            int sampleRate,
            RecordLane lane,
            Consumer<MediaEvent> events,
            Consumer<MediaEvent> laterEvents) {
        LegRecorder recorder = new LegRecorder(spec, sampleRate, System.currentTimeMillis(), lane, events, laterEvents);
        recorder.start();
        running.add(recorder);
    }

    /** The leg has moved to another loop. */
    void use(RecordLane lane) {
        running.forEach(recorder -> recorder.use(lane));
    }

    void pause(String recordingId, boolean paused) {
        for (LegRecorder recorder : running) {
            if (recorder.id().equals(recordingId)) {
                recorder.pause(paused);
            }
        }
    }

    void stop(String recordingId) {
        for (LegRecorder recorder : running) {
            if (recorder.id().equals(recordingId)) {
                recorder.stop();
            }
        }
    }

    void stopAll() {
        running.forEach(LegRecorder::stop);
        running.clear();
    }

    /** Before a codec is agreed: the best that may come of it, so that a wideband call keeps its band. */
    static int rateFor(List<Codec> codecs) {
        return codecs.stream().mapToInt(PcmRate::of).max().orElse(NARROWBAND);
    }

    /** The first one's that has one: two recordings are no reason to beep twice. */
    @Nullable
    Beeper beeper() {
        for (int i = 0; i < running.size(); i++) {
            Beeper beeper = running.get(i).beeper();
            if (beeper != null) {
                return beeper;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    void onTick(short[] heard, short[] said, int samples, int sampleRate) {
        for (int i = running.size() - 1; i >= 0; i--) {
            LegRecorder recorder = running.get(i);
            recorder.onTick(heard, said, samples, sampleRate);
            if (recorder.hasEnded()) {
                running.remove(i);
            }
        }
    }

    void onSkipped(long samples, int sampleRate) {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).onSkipped(samples * running.get(i).sampleRate() / sampleRate);
        }
    }
}
