package io.trunkline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.Trunk;
import io.trunkline.sip.testing.FreePorts;
import io.trunkline.sip.testing.Switchboard;
import io.trunkline.sip.testing.TestPki;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier whose certificate is not what it should be: refused, and the call says why, by the whole program. */
class TlsCausesTest {
    private static final TestPki CA = new TestPki("Carrier CA");

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatTheCertificateIsForAnotherName() throws Exception {
        assertThat(causeWith("name", CA.issue("sip.example.com"))).contains("No subject alternative");
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        assertThat(causeWith("date", CA.issue("127.0.0.1", Instant.now().minusSeconds(3600))))
                .containsIgnoringCase("expired");
    }

    @Test
    void saysThatNobodyKnownHasSignedTheCertificate() throws Exception {
        assertThat(causeWith("signer", new TestPki("Somebody").issue("127.0.0.1")))
                .contains("certificat");
    }

    /** The words of the call's cause, once its code and fault are found right. */
    private static String causeWith(String name, TestPki.Issued shown) throws Exception {
        try (Switchboard carrier = new Switchboard(
                "carrier-" + name,
                c -> c.listeningOn(c.port(), FreePorts.next()).withCertificate(shown.in(folder, name)))) {
            carrier.trunks(Trunk.peer("t", Switchboard.udp(server.sipPort())));
            trunk(name, carrier.config.tlsPort());
            String id = server.call(new JsonObject().put("to", "+4930123456").put("trunk", name));
            server.awaitEvent(id, "call.ended");
            JsonObject call = server.show(id);
            JsonObject cause = call.getJsonObject("cause");
            assertThat(call.getString("status")).isEqualTo("failed");
            assertThat(cause.getString("code")).isEqualTo("tls_failed");
            assertThat(cause.getString("fault")).isEqualTo("network");
            assertThat(cause.getString("text")).startsWith("TLS with the trunk failed: check its certificate");
            return cause.encode();
        }
    }

    private static void trunk(String name, int port) throws Exception {
        JsonObject host =
                new JsonObject().put("host", "127.0.0.1").put("port", port).put("transport", "tls");
        JsonObject trunk = new JsonObject()
                .put("name", name)
                .put("hosts", new JsonArray().add(host))
                .put("tls", new JsonObject().put("ca_pem", CA.rootPem()));
        assertThat(server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(201);
    }
}
