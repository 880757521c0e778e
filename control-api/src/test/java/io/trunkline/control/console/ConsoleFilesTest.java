package io.trunkline.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        Router router = Router.router(VERTX);
        ConsoleFiles.mount(router);
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        VERTX.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/calls", "/console/calls/call_01-02"})
    void everyPageBeginsWithTheSameFile(String path) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!doctype html>");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void thePageMayRunItsOwnFilesAlone() throws Exception {
        HttpResponse<String> page = get("/console");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.body()).doesNotContain("style=", "onclick", "<style");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        HttpResponse<String> first = get("/console/app.js", "Accept-Encoding", "gzip");
        assertThat(header(first, "Content-Encoding")).isEqualTo("gzip");
        HttpResponse<String> second = get("/console/app.js", "If-None-Match", header(first, "ETag"));
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/none.js",
                "/console/%2e%2e/openapi/openapi.yaml",
                "/console/..%2fopenapi/openapi.yaml",
                "/console/../logback.xml",
                "/console/lib/",
                "/console/a.js%00.html"
            })
    void nothingElseOfTheProgramIsServed(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.body()).doesNotContain("openapi:", "<configuration");
        assertThat(answer.statusCode() == 404 || answer.body().startsWith("<!doctype html>"))
                .isTrue();
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        return CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
