package io.trunkline.control.http;

import static io.trunkline.control.store.TestStorage.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.Verb;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.TestStorage;
import io.trunkline.sip.SipEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account says of recording holds for its calls, out and in, that say nothing of it themselves. */
class RecordingPolicyTest {
    private static final String MONO = "{\"record\": {\"channels\": \"mono\", \"max_seconds\": 600},"
            + " \"retention\": {\"recordings_days\": 30}}";
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void recordsInMono() {
        api.calls().placed.clear();
        Reply changed = account(MONO);
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.json().getJsonObject("record").getString("channels")).isEqualTo("mono");
        assertThat(changed.json().getJsonObject("retention").getInteger("recordings_days"))
                .isEqualTo(30);
    }

    @Test
    void aCallThatSaysNothingIsRecordedAsItsAccountSays() {
        assertThat(recorded("{\"to\": \"+15550100001\"}")).hasValueSatisfying(record -> {
            assertThat(record.dual()).isFalse();
            assertThat(record.maxLength()).contains(Duration.ofMinutes(10));
        });
    }

    @Test
    void aCallsOwnWordStandsBeforeItsAccounts() {
        assertThat(recorded("{\"to\": \"+15550100001\", \"record\": false}")).isEmpty();
        assertThat(recorded("{\"to\": \"+15550100001\", \"record\": true}"))
                .hasValueSatisfying(record -> assertThat(record.dual()).isTrue());
        assertThat(recorded("{\"to\": \"+15550100001\", \"record\": {\"channels\": \"dual\"}}"))
                .hasValueSatisfying(record -> {
                    assertThat(record.dual()).isTrue();
                    assertThat(record.maxLength()).isEmpty();
                });
    }

    @Test
    void anAccountMayAskForNone() {
        account("{\"record\": false}");
        assertThat(recorded("{\"to\": \"+15550100001\"}")).isEmpty();
        account("{\"record\": null}");
        assertThat(recorded("{\"to\": \"+15550100001\"}")).isEmpty();
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        assertThat(account("{\"record\": {\"channels\": \"three\"}}").status()).isEqualTo(400);
        assertThat(account("{\"record\": \"yes\"}").status()).isEqualTo(400);
    }

    @Test
    void callsInAreRecordedAsTheirAccountSays() {
        JsonObject number = new JsonObject().put("number", "+15550109999").put("reject", new JsonObject());
        api.post("/v1/numbers", number.put("application_id", api.owner().applicationId()), ADMIN_KEY);
        InboundPlans plans = new InboundPlans(
                new ResourceStore(api.storage().pool(), api.storage().secrets()), api.scripts());
        var invite = new SipEvent.Incoming("trunk", "+15550100001", "+15550109999", "", Optional.empty(), Map.of());
        Optional<NewCall> plan = TestStorage.await(Future.fromCompletionStage(plans.find(invite, "call_1")));
        assertThat(plan.orElseThrow().record())
                .hasValueSatisfying(record -> assertThat(record.dual()).isFalse());
    }

    private static Optional<Verb.StartRecording> recorded(String call) {
        Reply placed = api.post("/v1/calls", call);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(201);
        return api.calls().placed.getLast().record();
    }

    private static Reply account(String change) {
        return api.send(api.request("/v1/accounts/" + api.owner().accountId(), ADMIN_KEY)
                .method("PATCH", BodyPublishers.ofString(change)));
    }
}
