package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.Verb;
import io.trunkline.control.http.ApiFixture.Reply;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Voices over HTTP, and speech made ready before it is needed. */
class VoiceApiTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void listsVoicesWithLanguageSexEngineAndASample() {
        Reply all = api.get("/v1/voices");
        assertThat(all.json().getJsonArray("items")).hasSize(2);
        JsonObject alice = all.json().getJsonArray("items").getJsonObject(0);
        assertThat(alice.getMap())
                .containsEntry("id", "hum/alice")
                .containsEntry("engine", "hum")
                .containsEntry("language", "en-GB")
                .containsEntry("sex", "female");
        assertThat(api.get("/v1/voices?language=de").json().getJsonArray("items"))
                .hasSize(1);
        assertThat(api.get("/v1/voices?engine=other").json().getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void aVoicesSampleIsAWav() throws Exception {
        String link = api.get("/v1/voices")
                .json()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("sample");
        HttpResponse<byte[]> sample =
                api.client().send(api.request(link, TestStorage.API_KEY).GET().build(), BodyHandlers.ofByteArray());
        assertThat(sample.statusCode()).isEqualTo(200);
        assertThat(sample.headers().firstValue("Content-Type")).contains("audio/wav");
        assertThat(new String(sample.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(sample.body().length).isGreaterThan(5_000);
    }

    @Test
    void anUnknownVoiceIsRefusedWithNearNamesBeforeAnythingIsDialled() {
        Reply refused =
                api.post("/v1/calls", "{\"to\":\"+15550100001\",\"say\":{\"text\":\"Hi\",\"voice\":\"alise\"}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("voice");
        assertThat(refused.json().getString("detail")).contains("hum/alice");
        assertThat(api.calls().placed).isEmpty();
    }

    @Test
    void speechIsPreparedUnderTheIdThatIsCommittedLater() {
        String call = api.post("/v1/calls", "{\"to\":\"+15550100001\"}").json().getString("id");
        Reply staged = api.post("/v1/calls/" + call + "/say", "{\"text\":\"Ready\",\"prepare\":true}");
        assertThat(staged.status()).isEqualTo(202);
        String play = staged.json().getString("id");
        assertThat(api.calls().commands)
                .last()
                .isInstanceOfSatisfying(
                        Verb.Stage.class,
                        stage -> assertThat(stage.say().playId()).isEqualTo(play));
        Reply committed = api.post("/v1/calls/" + call + "/say/" + play + "/commit", "{}");
        assertThat(committed.status()).isEqualTo(202);
        assertThat(committed.json().getString("id")).isEqualTo(play);
        assertThat(api.calls().commands).last().isEqualTo(new Verb.Commit(play));
        api.calls().placed.clear();
    }
}
