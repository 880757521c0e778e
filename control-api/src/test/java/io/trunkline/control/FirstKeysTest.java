package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.config.ConfigLoader;
import io.trunkline.control.store.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstKeysTest {
    @TempDir
    Path folder;

    private DataFolder data;

    @BeforeEach
    void open() {
        data = DataFolder.open(folder);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void areGeneratedOnceAndKeptForTheOwnerAlone() throws Exception {
        FirstKeys first = FirstKeys.of(config(Map.of()));
        FirstKeys second = FirstKeys.of(config(Map.of()));
        assertThat(first.api().origin()).isEqualTo(FirstKeys.Origin.GENERATED);
        assertThat(second.api().origin()).isEqualTo(FirstKeys.Origin.KEPT);
        assertThat(second.api().secret()).isEqualTo(first.api().secret());
        assertThat(first.api().secret()).isNotEqualTo(first.admin().secret());
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(first.api().file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theConfigurationComesFirst() {
        FirstKeys keys = FirstKeys.of(config(Map.of("TRUNKLINE_API_KEY", "mine")));
        assertThat(keys.api().secret().value()).isEqualTo("mine");
        assertThat(keys.api().origin()).isEqualTo(FirstKeys.Origin.CONFIGURED);
        assertThat(keys.api().file()).doesNotExist();
    }

    @Test
    void areShownOnceAndNeverWhenConfigured() {
        String configured = greeting(Map.of("TRUNKLINE_API_KEY", "mine-alone"));
        assertThat(configured).doesNotContain("mine-alone").contains("$TRUNKLINE_API_KEY");

        FirstKeys keys = FirstKeys.of(config(Map.of()));
        String first = new Greeting(config(Map.of()), keys, 8080, Duration.ofMillis(2345)).text();
        assertThat(first).contains(keys.api().secret().value()).contains("after 2.3 s");
        assertThat(greeting(Map.of())).doesNotContain(keys.api().secret().value());
    }

    @Test
    void theGreetingLeadsToAnAddressThatCanBeReached() {
        assertThat(greeting(Map.of())).contains("http://127.0.0.1:8080/v1/calls");
        assertThat(greeting(Map.of("TRUNKLINE_BIND", "0.0.0.0"))).contains("http://127.0.0.1:8080/v1/calls");
        assertThat(greeting(Map.of("TRUNKLINE_BIND", "2001:db8::1"))).contains("http://[2001:db8::1]:8080/v1/calls");
    }

    private String greeting(Map<String, String> environment) {
        ControlConfig config = config(environment);
        return new Greeting(config, FirstKeys.of(config), 8080, Duration.ZERO).text();
    }

    private ControlConfig config(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TRUNKLINE_DATA", folder.toString());
        all.put("TRUNKLINE_HOME", folder.toString());
        return ConfigLoader.load(all);
    }
}
