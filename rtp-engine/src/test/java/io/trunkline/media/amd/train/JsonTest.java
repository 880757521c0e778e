package io.trunkline.media.amd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsWhatAManifestHolds() {
        Object value = Json.parse(" {\"a\": [1, -2.5e1, true, null], \"b\": {\"c\": \"x\\u00e9\\n\\\"\"}, \"d\": []} ");

        assertThat(value).isInstanceOf(Map.class);
        assertThat(((Map<?, ?>) value).get("a").toString()).isEqualTo("[1.0, -25.0, true, null]");
        assertThat(((Map<?, ?>) value).get("b")).isEqualTo(Map.of("c", "xé\n\""));
        assertThat(((Map<?, ?>) value).get("d")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "\"open", "{\"a\" 1}", "tru", "1 2", "\"\\u12", "[[[[[[1]]]]]"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToFollowEndlessNesting() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
    }
}
