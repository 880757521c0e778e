package io.trunkline.control.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RFC 3339 in UTC with exactly three digits of a second. */
public final class Times3 {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times3() {}

    public static String text(Instant time) {
        return FORMAT.format(time);
    }

    static @Nullable String text(Optional<Instant> time) {
        return time.map(Times3::text).orElse(null);
    }

    public static @Nullable String text(@Nullable OffsetDateTime time) {
        return time == null ? null : FORMAT.format(time);
    }
}
