package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody tries keys, or asks too often with the one he has. */
class GuessedKeysTest {
    private final RateLimit tenADay = new RateLimit(10, Duration.ofDays(1));

    private final ApiFixture api = new ApiFixture(Optional.empty(), Optional.of(tenADay));

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void wrongKeysFromOneAddressAreToldToWaitAndARightOneStillOpens() {
        IntStream.range(0, 20).forEach(i -> assertThat(guess(i).status()).isEqualTo(401));
        ApiFixture.Reply tooMany = guess(20);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.code()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(1, 60);
        assertThat(api.post("/v1/session", new JsonObject().put("key", "wrong again"), "none")
                        .status())
                .as("by the console's door")
                .isEqualTo(429);

        assertThat(api.get("/v1/trunks").status()).isEqualTo(200);
        assertThat(api.get("/metrics").raw().body())
                .contains("trunkline_keys_wrong_total 22.0", "trunkline_keys_limited_total 2.0");
    }

    @Test
    void aKeyThatAsksMoreOftenThanConfiguredIsToldToWait() {
        IntStream.range(0, 10)
                .forEach(i -> assertThat(api.get("/v1/trunks").status()).isEqualTo(200));
        ApiFixture.Reply tooMany = api.get("/v1/trunks");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isNotEmpty();
        assertThat(api.call("GET", "/v1/trunks", ADMIN_KEY, new JsonObject()).status())
                .as("another key")
                .isEqualTo(200);
    }

    private ApiFixture.Reply guess(int number) {
        return api.call("GET", "/v1/trunks", "tk_guess_" + number, new JsonObject());
    }
}
