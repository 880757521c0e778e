package io.trunkline.control.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BenchTest {
    @Test
    void callsAreAsLongAsTheRateAndTheConcurrencyWant() {
        assertThat(BenchOptions.parse(new String[] {"calls", "--rate", "100", "--concurrent", "500"})
                        .talkMillis())
                .isEqualTo(4900);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> BenchOptions.parse(new String[] {"calls", "--speed", "9"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--speed");
    }

    @Test
    void aWebhookThatComesTwiceIsFineAndOneAfterItsSuccessorIsNot() {
        Journey journey = new Journey("+15550000001", 1);
        journey.onWebhook(1);
        journey.onWebhook(1);
        assertThat(journey.outOfOrder()).isFalse();
        journey.onWebhook(3);
        journey.onWebhook(2);
        assertThat(journey.outOfOrder()).isTrue();
    }

    @Test
    void readsFiguresWithoutLabels() {
        String text = "# HELP a b\na 2.0\nb{x=\"1\"} 3\n";
        assertThat(Exposition.parse(text)).containsOnlyKeys("a").containsEntry("a", 2.0);
    }

    @Test
    @Tag("full")
    void aFewCallsASecondLoseNothingAndLeaveNothing() throws IOException, InterruptedException {
        Assumptions.assumeTrue(hasSipp(), "needs sipp");
        JsonObject figures = new JsonObject(CallsBench.run(BenchOptions.parse(
                        "calls --rate 5 --concurrent 15 --seconds 5 --warmup 2 --json".split(" ", -1)))
                .json());
        assertThat(figures.getInteger("calls")).isEqualTo(25);
        assertThat(figures.getJsonObject("failures")).isEqualTo(new JsonObject());
        assertThat(figures.getInteger("events_missing")).isZero();
        assertThat(figures.getInteger("webhooks_missing")).isZero();
        assertThat(figures.getInteger("webhooks_out_of_order")).isZero();
        assertThat(figures.getInteger("calls_heard"))
                .as("without the warm-up's")
                .isEqualTo(25);
        assertThat(figures.getInteger("packets_heard")).isGreaterThan(25 * 100);
        assertThat(figures.getJsonObject("leaked").stream().map(each -> each.getValue()))
                .containsOnly(0);
        assertThat(figures.getJsonObject("post_to_invite_ms").getDouble("p50")).isPositive();
    }

    private static boolean hasSipp() {
        try {
            new ProcessBuilder("sipp", "-v").start().destroy();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }
}
