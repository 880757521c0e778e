package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormCacheTest {
    @TempDir
    Path folder;

    @Test
    void theFormAskedForLongestAgoGoesFirstAndTheFreshOneStays() throws Exception {
        Path old = file("old", 100, 300);
        Path newer = file("newer", 100, 200);
        Path fresh = file("fresh", 100, 400);
        FormCache.keepWithin(folder, fresh, 200);
        assertThat(old).doesNotExist();
        assertThat(newer).exists();
        assertThat(fresh).exists();
        FormCache.keepWithin(folder, fresh, 10);
        assertThat(fresh).exists();
        assertThat(newer).doesNotExist();
    }

    private Path file(String name, int size, int secondsAgo) throws Exception {
        Path file = Files.write(folder.resolve(name), new byte[size]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
    }
}
