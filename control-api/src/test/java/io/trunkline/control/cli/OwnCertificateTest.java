package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.testing.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line beside a server that speaks TLS. */
class OwnCertificateTest {
    private static final TestPki AUTHORITY = new TestPki("Nobody the system knows");

    @TempDir
    Path folder;

    @Test
    void reachesTheServerWhateverNameItsCertificateIsMadeOutToAndNobodyElse() throws Exception {
        TestPki.Issued ours = AUTHORITY.issue("pbx.example.com");
        Vertx vertx = Vertx.vertx();
        try {
            URI server = URI.create("https://127.0.0.1:" + serve(vertx, ours));
            assertThat(isUp(server, ours.in(folder, "ours").chain())).isTrue();
            TestPki.Issued another = AUTHORITY.issue("pbx.example.com");
            assertThat(isUp(server, another.in(folder, "another").chain())).isFalse();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean isUp(URI server, Path certificate) throws InterruptedException {
        try (ApiClient client = new ApiClient(server, "key", Optional.of(certificate))) {
            return client.isUp();
        }
    }

    private static int serve(Vertx vertx, TestPki.Issued issued) throws Exception {
        PemKeyCertOptions pair = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(issued.certificate()))
                .setKeyValue(Buffer.buffer(issued.key()));
        return vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(pair))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }
}
