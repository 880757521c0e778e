package io.trunkline.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.store.TestStorage;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS, asked by a client that verifies what it is shown. */
class EncryptedApiTest {
    @TempDir
    static Path folder;

    private static final TestPki AUTHORITY = new TestPki("The API's authority");
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        write(AUTHORITY.issue("127.0.0.1"));
        api = new ApiFixture(Optional.of(new HttpConfig.Certificate(chain(), key())), Optional.empty());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void answersAClientThatVerifiesItsCertificateAndSetsCookiesForEncryptedDoorsOnly() throws Exception {
        try (HttpClient client = client(AUTHORITY)) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url("/v1/session"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(new JsonObject()
                                    .put("key", TestStorage.API_KEY)
                                    .encode()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.sslSession())
                    .hasValueSatisfying(
                            session -> assertThat(session.getProtocol()).isEqualTo("TLSv1.3"));
            assertThat(answer.headers().firstValue("Set-Cookie"))
                    .hasValueSatisfying(cookie -> assertThat(cookie).contains("; Secure"));
        }
    }

    @Test
    void isRefusedByAClientThatTrustsAnotherAuthority() {
        try (HttpClient client = client(new TestPki("Somebody else"))) {
            assertThatThrownBy(() -> health(client)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void speaksNoTlsOlderThanOnePointTwo() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context(AUTHORITY).getSocketFactory().createSocket("127.0.0.1", api.port())) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        String old = "16030100" + "2f" + "0100002b0301" + "00".repeat(32) + "00" + "0004002f0035" + "0100";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(old));
            int first = socket.getInputStream().read();
            assertThat(first)
                    .as("an alert, or nothing at all; never a ServerHello")
                    .isIn(21, -1);
        }
    }

    @Test
    void answersNobodyInPlainText() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer;
            try {
                answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketException reset) {
                answer = "";
            }
            assertThat(answer).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        String before = serial();
        write(AUTHORITY.issue("127.0.0.1"));
        Files.setLastModifiedTime(chain(), FileTime.from(Instant.now().plusSeconds(2)));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (serial().equals(before)) {
            assertThat(System.nanoTime()).as("still the old certificate").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String serial() throws Exception {
        try (HttpClient client = client(AUTHORITY)) {
            X509Certificate shown =
                    (X509Certificate) health(client).sslSession().orElseThrow().getPeerCertificates()[0];
            return shown.getSerialNumber().toString();
        }
    }

    private static HttpResponse<String> health(HttpClient client) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url("/health/live")).build(), BodyHandlers.ofString());
    }

    private static URI url(String path) {
        return URI.create("https://127.0.0.1:" + api.port() + path);
    }

    private static HttpClient client(TestPki trusted) {
        return HttpClient.newBuilder().sslContext(context(trusted)).build();
    }

    private static SSLContext context(TestPki trusted) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "root",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(trusted.rootPem().getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void write(TestPki.Issued issued) {
        issued.in(folder, "api");
    }

    private static Path chain() {
        return folder.resolve("api.pem");
    }

    private static Path key() {
        return folder.resolve("api.key");
    }
}
