package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.store.TestStorage;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser's session: begun with a key, carried by a cookie, of use to pages of the same origin alone. */
class SessionApiTest {
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
    void aKeyBecomesACookieThatNoScriptReadsAndNoOtherSiteSends() {
        ApiFixture.Reply signedIn = signIn();
        assertThat(signedIn.status()).isEqualTo(201);
        assertThat(signedIn.header("Set-Cookie"))
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain(TestStorage.API_KEY);
        assertThat(signedIn.raw().body()).doesNotContain(TestStorage.API_KEY);
    }

    @Test
    void theCookieIsOnlySentEncryptedOnceItCameThroughAnEncryptedDoor() {
        ApiFixture.Reply signedIn = api.send(anonymous("/v1/session")
                .header("X-Forwarded-Proto", "https")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("key", TestStorage.API_KEY).encode())));
        assertThat(signedIn.header("Set-Cookie")).contains("; Secure");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,         http://127.0.0.1:PORT,          200",
        "Sec-Fetch-Site, same-origin,                    200",
        "Referer,        http://127.0.0.1:PORT/console,  200",
        "Origin,         http://evil.example,            401",
        "Origin,         null,                           401",
        "Sec-Fetch-Site, cross-site,                     401",
        "Sec-Fetch-Site, same-site,                      401",
        "Referer,        http://evil.example/127.0.0.1,  401",
        "Accept,         application/json,               401",
    })
    void readsForThePagesOfItsOwnOriginAlone(String header, String value, int status) {
        String sent = value.replace("PORT", String.valueOf(api.port()));
        assertThat(api.send(anonymous("/v1/session")
                                .header("Cookie", cookie())
                                .header(header, sent)
                                .GET())
                        .status())
                .isEqualTo(status);
    }

    @Test
    void changesNothingWithoutAnOriginOfItsOwn() {
        String cookie = cookie();
        HttpRequest.Builder forged = anonymous("/v1/calls")
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("{\"to\":\"+15550100001\"}"));
        assertThat(api.send(forged).status()).isEqualTo(401);
        HttpRequest.Builder ours = anonymous("/v1/calls")
                .header("Cookie", cookie)
                .header("Origin", origin())
                .POST(BodyPublishers.ofString("{\"to\":\"+15550100001\"}"));
        assertThat(api.send(ours).status()).isEqualTo(201);
    }

    @Test
    void isOverOnceSignedOut() {
        String cookie = cookie();
        ApiFixture.Reply out = api.send(anonymous("/v1/session")
                .header("Cookie", cookie)
                .header("Origin", origin())
                .DELETE());
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(show(cookie).status()).isEqualTo(401);
    }

    @Test
    void isNotBegunOrEndedByAPageOfAnotherSite() {
        HttpRequest.Builder begin = anonymous("/v1/session")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("key", TestStorage.API_KEY).encode()));
        assertThat(api.send(begin).status()).isEqualTo(403);
        String cookie = cookie();
        HttpRequest.Builder end = anonymous("/v1/session")
                .header("Cookie", cookie)
                .header("Origin", "http://evil.example")
                .DELETE();
        assertThat(api.send(end).status()).isEqualTo(403);
        assertThat(show(cookie).status()).isEqualTo(200);
    }

    @Test
    void aWrongKeyAndATamperedCookieOpenNothing() {
        HttpRequest.Builder wrong =
                anonymous("/v1/session").POST(BodyPublishers.ofString("{\"key\":\"tk_wrong_0123456789\"}"));
        assertThat(api.send(wrong).status()).isEqualTo(401);
        String cookie = cookie();
        assertThat(show(cookie.replaceFirst("\\.(\\d+)\\.", ".99999999999.")).status())
                .isEqualTo(401);
        assertThat(show(cookie.replace("key_", "key_0")).status()).isEqualTo(401);
        assertThat(show("trunkline_session=").status()).isEqualTo(401);
    }

    private static ApiFixture.Reply signIn() {
        return api.send(anonymous("/v1/session")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("key", TestStorage.API_KEY).encode())));
    }

    private static String cookie() {
        return signIn().header("Set-Cookie").split(";", 2)[0];
    }

    private static ApiFixture.Reply show(String cookie) {
        return api.send(anonymous("/v1/session")
                .header("Cookie", cookie)
                .header("Origin", origin())
                .GET());
    }

    private static String origin() {
        return "http://127.0.0.1:" + api.port();
    }

    private static HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
    }
}
