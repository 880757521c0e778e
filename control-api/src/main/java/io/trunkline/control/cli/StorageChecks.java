package io.trunkline.control.cli;

import io.trunkline.control.ControlConfig;
import io.trunkline.control.Secret;
import io.trunkline.control.store.DatabaseUrl;
import io.trunkline.control.store.EmbeddedPostgres;
import io.trunkline.control.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The database and the disk. */
final class StorageChecks {
    private static final long ENOUGH_BYTES = 2_000_000_000L;

    /** Two channels of 16-bit samples, 8000 a second. */
    private static final long RECORDING_BYTES_PER_HOUR = 2L * 2 * 8000 * 3600;

    private StorageChecks() {}

    static List<Check> all(ControlConfig config) {
        return List.of(
                config.database().url().map(StorageChecks::server).orElseGet(() -> embedded(config.data())),
                disk(config.data()));
    }

    private static Check server(Secret url) {
        try {
            DatabaseUrl place = DatabaseUrl.parse(url.value());
            return Check.ok("database", place.place() + " answers: PostgreSQL " + place.askVersion());
        } catch (StorageException e) {
            return Check.fail(
                    "database", String.valueOf(e.getMessage()), "check TRUNKLINE_DATABASE_URL and the server");
        }
    }

    private static Check embedded(Path data) {
        if (!EmbeddedPostgres.isAvailable()) {
            return Check.fail(
                    "database",
                    "there is no embedded PostgreSQL for this kind of machine",
                    "point TRUNKLINE_DATABASE_URL at a PostgreSQL server");
        }
        return Check.ok("database", "embedded PostgreSQL in " + data.resolve("postgres"));
    }

    private static Check disk(Path data) {
        Path existing = data;
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String finding = free / 1_000_000_000 + " GB free for " + data + ", " + free / RECORDING_BYTES_PER_HOUR
                    + " hours of recordings";
            if (!Files.isWritable(existing)) {
                return Check.fail("disk", existing + " cannot be written", "chown it, or set TRUNKLINE_DATA");
            }
            return free >= ENOUGH_BYTES
                    ? Check.ok("disk", finding)
                    : Check.warn("disk", finding, "make room, or set TRUNKLINE_DATA to a larger disk");
        } catch (IOException e) {
            return Check.fail("disk", data + " cannot be examined: " + e, "set TRUNKLINE_DATA");
        }
    }
}
