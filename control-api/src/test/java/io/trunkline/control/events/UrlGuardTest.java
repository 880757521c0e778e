package io.trunkline.control.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.control.store.TestStorage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be fetched: written any way, resolved to anything, redirected anywhere. */
class UrlGuardTest {
    private static final Set<String> HTTP = Set.of("http", "https");
    private static Vertx vertx;

    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        TestStorage.await(vertx.close());
    }

    @AfterEach
    void closeServers() {
        servers.forEach(server -> server.stop(0));
    }

    private static UrlGuard guard(UrlGuard.Resolver resolver, String... allowed) {
        return new UrlGuard(vertx, FetchPolicy.of(List.of(allowed)), resolver);
    }

    private static UrlGuard strict() {
        return guard(UrlGuardTest::noDns);
    }

    private static InetAddress[] noDns(String host) throws UnknownHostException {
        throw new UnknownHostException(host + " is a literal, and was asked of DNS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://0x7f.1/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[fe80::1%25eth0]/",
                "http://[fd00::1]/",
                "http://0/",
                "http://10.1.2.3/",
                "http://172.31.255.255/",
                "http://192.168.0.1/",
                "http://169.254.169.254/latest/",
                "http://2852039166/",
                "http://100.64.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "https://[::ffff:169.254.169.254]/",
                "http://0xA9FEA9FE/"
            })
    void refusesPrivateAddressesHoweverTheyAreWritten(String url) {
        assertThat(strict().objection(url, HTTP)).as(url).isPresent();
        assertThatThrownBy(() -> TestStorage.await(strict().resolve(url, HTTP)))
                .as(url)
                .isInstanceOf(UrlGuard.UrlRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@93.184.216.34/",
                "http://user:secret@93.184.216.34/",
                "http://93.184.216.34@127.0.0.1/",
                "ftp://93.184.216.34/",
                "file:///etc/passwd",
                "gopher://93.184.216.34/",
                "http:///path",
                "//x/",
                "http://93.184.216.34:0/",
                "http://93.184.216.34:70000/",
                "not a url",
                ""
            })
    void refusesWhatIsNoPlainAddressOfAServer(String url) {
        assertThat(strict().objection(url, HTTP)).as(url).isPresent();
    }

    @Test
    void publicAddressesPassInAnyForm() {
        for (String url : List.of("http://93.184.216.34/", "http://1572395042/", "http://[2606:2800:220::1]/x?y=1")) {
            assertThat(strict().objection(url, HTTP)).as(url).isEmpty();
            assertThat(TestStorage.await(strict().resolve(url, HTTP)).port()).isEqualTo(80);
        }
    }

    @Test
    void aNameThatResolvesToAPrivateAddressIsRefused() {
        UrlGuard guard = guard(host -> addresses("10.0.0.5", "169.254.169.254"));
        assertThat(guard.objection("http://inside.example/", HTTP)).isEmpty();
        assertThatThrownBy(() -> TestStorage.await(guard.resolve("http://inside.example/", HTTP)))
                .hasMessageContaining("inside a private network");
        UrlGuard real = new UrlGuard(vertx, FetchPolicy.of(List.of()));
        assertThatThrownBy(() -> TestStorage.await(real.resolve("http://localhost/", HTTP)))
                .hasMessageContaining("inside a private network");
    }

    @Test
    void ofSeveralAddressesOneThatIsPermittedIsTaken() {
        UrlGuard guard = guard(host -> addresses("10.0.0.5", "93.184.216.34"));
        assertThat(TestStorage.await(guard.resolve("http://mixed.example/", HTTP))
                        .address()
                        .getHostAddress())
                .isEqualTo("93.184.216.34");
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndNotToTheNameAgain() throws Exception {
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpServer server = server("127.77.4.1", hosts, "");
        List<String> asked = new CopyOnWriteArrayList<>();
        // Resolves to the server once; a second question would be answered with another address.
        UrlGuard guard = guard(
                host -> {
                    asked.add(host);
                    return addresses(asked.size() == 1 ? "127.77.4.1" : "127.77.4.9");
                },
                "127.77.4.1/32");
        String url = "http://rebinding.example:" + server.getAddress().getPort() + "/a";
        Buffer body = TestStorage.await(new GuardedHttp(vertx, guard).get(url, 100));
        assertThat(body.toString()).isEqualTo("hello");
        assertThat(hosts)
                .containsExactly("rebinding.example:" + server.getAddress().getPort());
        assertThat(asked).containsExactly("rebinding.example");
    }

    @Test
    void aRedirectToAPrivateAddressIsNotFollowed() throws Exception {
        List<String> inner = new CopyOnWriteArrayList<>();
        HttpServer secret = server("127.77.4.3", inner, "");
        String target = "http://127.77.4.3:" + secret.getAddress().getPort() + "/secret";
        List<String> outer = new CopyOnWriteArrayList<>();
        HttpServer front = server("127.77.4.2", outer, target);
        GuardedHttp http = new GuardedHttp(vertx, guard(UrlGuardTest::noDns, "127.77.4.2/32"));
        String url = "http://127.77.4.2:" + front.getAddress().getPort() + "/";
        assertThatThrownBy(() -> TestStorage.await(http.get(url, 100))).hasMessageContaining("private network");
        assertThat(outer).hasSize(1);
        assertThat(inner).isEmpty();
    }

    @Test
    void aPermittedRedirectIsFollowedAndAPostNever() throws Exception {
        List<String> inner = new CopyOnWriteArrayList<>();
        HttpServer second = server("127.77.4.3", inner, "");
        String target = "http://127.77.4.3:" + second.getAddress().getPort() + "/";
        HttpServer first = server("127.77.4.2", new CopyOnWriteArrayList<>(), target);
        GuardedHttp http = new GuardedHttp(vertx, guard(UrlGuardTest::noDns, "127.77.4.0/24"));
        String url = "http://127.77.4.2:" + first.getAddress().getPort() + "/";
        assertThat(TestStorage.await(http.get(url, 100)).toString()).isEqualTo("hello");
        assertThatThrownBy(() -> TestStorage.await(http.post(url, Map.of(), Buffer.buffer("x"), 100)))
                .hasMessageContaining("302");
        assertThat(inner).hasSize(1);
    }

    @Test
    void anAnswerLargerThanAllowedIsCut() throws Exception {
        HttpServer server = server("127.77.4.2", new CopyOnWriteArrayList<>(), "");
        GuardedHttp http = new GuardedHttp(vertx, guard(UrlGuardTest::noDns, "127.77.4.0/24"));
        String url = "http://127.77.4.2:" + server.getAddress().getPort() + "/";
        assertThatThrownBy(() -> TestStorage.await(http.get(url, 4))).hasMessageContaining("larger than 4 bytes");
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    /** Says hello, or redirects; notes the Host header of each request. */
    private HttpServer server(String address, List<String> hosts, String redirect) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 10);
        server.createContext("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            if (redirect.isEmpty()) {
                byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, hello.length);
                exchange.getResponseBody().write(hello);
            } else {
                exchange.getResponseHeaders().add("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
            }
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server;
    }
}
