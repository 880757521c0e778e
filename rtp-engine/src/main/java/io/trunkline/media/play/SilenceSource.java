package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.time.Duration;
import java.util.Optional;

/** Nothing, for a while. */
public record SilenceSource(Duration duration) implements AudioSource {
    private static final int RATE = 8000;

    public SilenceSource {
        if (duration.isNegative() || duration.compareTo(LengthGuard.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "silence lasts between 0 and " + LengthGuard.LONGEST.toHours() + " hours");
        }
    }

    @Override
    public void writeTo(AudioSink sink) throws InterruptedException {
        sink.start(RATE);
        short[] second = new short[RATE];
        long left = duration.toMillis() * RATE / 1000;
        while (left > 0) {
            int chunk = (int) Math.min(left, RATE);
            sink.write(second, 0, chunk);
            left -= chunk;
        }
    }

    /** Short silences are shared; long ones are cheap to make again. */
    @Override
    public Optional<String> cacheKey() {
        return duration.toSeconds() < 60 ? Optional.of("silence:" + duration.toMillis()) : Optional.empty();
    }
}
