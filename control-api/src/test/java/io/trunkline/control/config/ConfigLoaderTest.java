package io.trunkline.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.ControlConfig;
import io.trunkline.control.ControlConfig.Speech.Engine;
import io.trunkline.control.Secret;
import io.trunkline.control.http.HttpConfig;
import io.trunkline.media.IceConfig.StunServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLoaderTest {
    private static final Path REFERENCE = Path.of(System.getProperty("trunkline.home"), "config", "trunkline.yaml");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("keys")
    void everyKeyHasItsDefaultAndItsVariable(
            String key, Object standard, String written, Object expected, Function<ControlConfig, Object> read) {
        assertThat(read.apply(load(""))).isEqualTo(standard);
        assertThat(read.apply(ConfigLoader.load(Map.of(), Map.of(Settings.variable(key), written))))
                .isEqualTo(expected);
        assertThat(read.apply(load(yaml(key, written)))).isEqualTo(expected);
    }

    static Stream<Arguments> keys() {
        List<String> loopback = List.of("127.0.0.1", "::1");
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(
                key("data", here.resolve("data"), "/srv/t", Path.of("/srv/t"), ControlConfig::data),
                key(
                        "bind",
                        loopback,
                        "10.0.0.1, ::",
                        List.of("10.0.0.1", "::"),
                        c -> c.http().bind()),
                key(
                        "public_address",
                        List.of(),
                        "203.0.113.7",
                        List.of("203.0.113.7"),
                        c -> c.sip().publicAddresses()),
                key("admin_key", Optional.empty(), "boss", Optional.of(new Secret("boss")), ControlConfig::adminKey),
                key("api_key", Optional.empty(), "first", Optional.of(new Secret("first")), ControlConfig::apiKey),
                key("sandbox", true, "off", false, ControlConfig::sandbox),
                key(
                        "node.name",
                        Optional.empty(),
                        "west",
                        Optional.of("west"),
                        config -> config.node().name()),
                key(
                        "node.url",
                        Optional.empty(),
                        "http://10.0.0.5:8080",
                        Optional.of(URI.create("http://10.0.0.5:8080")),
                        config -> config.node().url()),
                key("drain", Duration.ofMinutes(5), "10s", Duration.ofSeconds(10), ControlConfig::drain),
                key(
                        "http.bind",
                        loopback,
                        "0.0.0.0",
                        List.of("0.0.0.0"),
                        c -> c.http().bind()),
                key("http.requests_per_second", 0, "50", 50, c -> c.http().requestsPerSecond()),
                key("http.port", 8080, "0", 0, c -> c.http().port()),
                key(
                        "sip.bind",
                        loopback,
                        "0.0.0.0",
                        List.of("0.0.0.0"),
                        c -> c.sip().bind()),
                key("sip.port", 5060, "5070", 5070, c -> c.sip().port()),
                key("sip.tls_port", 5061, "0", 0, c -> c.sip().tlsPort()),
                key("sip.user_agent", "Trunkline", "PBX", "PBX", c -> c.sip().userAgent()),
                key(
                        "sip.connect_timeout",
                        Duration.ofSeconds(3),
                        "500ms",
                        Duration.ofMillis(500),
                        c -> c.sip().connectTimeout()),
                key(
                        "sip.ban_for",
                        Duration.ofMinutes(5),
                        "30s",
                        Duration.ofSeconds(30),
                        c -> c.sip().banLength()),
                key("sip.answer_strangers", false, "on", true, c -> c.sip().answerStrangers()),
                key("rtp.ports", 10000, "30000-30100", 30000, c -> c.rtp().firstPort()),
                key("rtp.ports", 20000, "30000-30100", 30100, c -> c.rtp().lastPort()),
                key("rtp.loops", 0, "2", 2, c -> c.rtp().loops()),
                key(
                        "rtp.port_quarantine",
                        Duration.ofSeconds(6),
                        "8s",
                        Duration.ofSeconds(8),
                        c -> c.rtp().portQuarantine()),
                key(
                        "rtp.media_timeout",
                        Duration.ofSeconds(30),
                        "1m",
                        Duration.ofMinutes(1),
                        c -> c.rtp().mediaTimeout()),
                key(
                        "rtp.latch_window",
                        Duration.ofSeconds(2),
                        "500ms",
                        Duration.ofMillis(500),
                        c -> c.rtp().latchWindow()),
                key("rtp.realtime", true, "off", false, c -> c.rtp().realtime()),
                key("rtp.ice_lite", false, "on", true, c -> c.rtp().ice().lite()),
                key(
                        "rtp.stun",
                        List.of(),
                        "stun.example.net, 192.0.2.1:3479, [2001:db8::1]:5349",
                        List.of(
                                new StunServer("stun.example.net", 3478),
                                new StunServer("192.0.2.1", 3479),
                                new StunServer("2001:db8::1", 5349)),
                        c -> c.rtp().ice().stunServers()),
                key(
                        "database.url",
                        Optional.empty(),
                        "postgresql://db/x",
                        Optional.of(new Secret("postgresql://db/x")),
                        c -> c.database().url()),
                key("database.pool_size", 8, "20", 20, c -> c.database().poolSize()),
                key(
                        "secrets.keys",
                        Optional.empty(),
                        "/etc/keys",
                        Optional.of(Path.of("/etc/keys")),
                        ControlConfig::secretKeys),
                key(
                        "recordings.keys",
                        Optional.empty(),
                        "/etc/keys",
                        Optional.of(Path.of("/etc/keys")),
                        c -> c.recordings().keys()),
                key(
                        "recordings.s3_endpoint",
                        Optional.empty(),
                        "https://s3.example.com",
                        Optional.of(URI.create("https://s3.example.com")),
                        c -> c.recordings().s3Endpoint()),
                key(
                        "recordings.s3_bucket",
                        Optional.empty(),
                        "my-calls",
                        Optional.of("my-calls"),
                        c -> c.recordings().s3Bucket()),
                key(
                        "recordings.s3_region",
                        "us-east-1",
                        "eu",
                        "eu",
                        c -> c.recordings().s3Region()),
                key(
                        "recordings.s3_access_key",
                        Optional.empty(),
                        "AK",
                        Optional.of("AK"),
                        c -> c.recordings().s3AccessKey()),
                key(
                        "recordings.s3_secret_key",
                        Optional.empty(),
                        "SK",
                        Optional.of(new Secret("SK")),
                        c -> c.recordings().s3SecretKey()),
                key(
                        "fetch.allow",
                        List.of(),
                        "10.0.0.0/8,media:8000",
                        List.of("10.0.0.0/8", "media:8000"),
                        c -> c.fetch().allow()),
                key(
                        "speech.engine",
                        Engine.AUTO,
                        "espeak",
                        Engine.ESPEAK,
                        c -> c.speech().engine()),
                key(
                        "speech.voice",
                        Optional.empty(),
                        "en-gb",
                        Optional.of("en-gb"),
                        c -> c.speech().voice()),
                key(
                        "speech.command",
                        Optional.empty(),
                        "say -o -",
                        Optional.of("say -o -"),
                        c -> c.speech().command()),
                key(
                        "speech.url",
                        Optional.empty(),
                        "http://tts",
                        Optional.of("http://tts"),
                        c -> c.speech().url()),
                key(
                        "speech.key",
                        Optional.empty(),
                        "sk",
                        Optional.of(new Secret("sk")),
                        c -> c.speech().key()),
                key(
                        "speech.model",
                        Optional.empty(),
                        "tts-1",
                        Optional.of("tts-1"),
                        c -> c.speech().model()),
                key("speech.at_once", 10, "3", 3, c -> c.speech().atOnce()),
                key("speech.cache_megabytes", 256, "0", 0, c -> c.speech().cacheMegabytes()),
                key(
                        "agent.url",
                        Optional.empty(),
                        "wss://agents.example/v1/realtime",
                        Optional.of("wss://agents.example/v1/realtime"),
                        c -> c.agent().url()),
                key(
                        "agent.key",
                        Optional.empty(),
                        "sk",
                        Optional.of(new Secret("sk")),
                        c -> c.agent().key()),
                key(
                        "agent.model",
                        Optional.empty(),
                        "gpt-realtime",
                        Optional.of("gpt-realtime"),
                        c -> c.agent().model()));
    }

    private static Arguments key(
            String key, Object standard, String written, Object expected, Function<ControlConfig, Object> read) {
        return Arguments.of(key, standard, written, expected, read);
    }

    @Test
    void noKeyIsWithoutSuchATest() {
        List<String> tested = new ArrayList<>(
                keys().map(arguments -> (String) arguments.get()[0]).distinct().toList());
        tested.addAll(List.of("sip.tls_certificate", "sip.tls_key", "http.tls_certificate", "http.tls_key"));
        assertThat(knownKeys(Map.of())).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void theReferenceFileNamesEveryKeyAndEqualsTheDefaults() {
        Map<String, Setting> reference = YamlFile.read(REFERENCE);
        assertThat(reference.keySet()).isEqualTo(knownKeys(Map.of()));
        assertThat(ConfigLoader.load(reference, Map.of())).isEqualTo(load(""));
    }

    @Test
    void theEnvironmentOverridesTheFile() {
        Map<String, Setting> file = YamlFile.read(write("sip: {port: 6000}"));
        assertThat(ConfigLoader.load(file, Map.of("TRUNKLINE_SIP_PORT", "7000"))
                        .sip()
                        .port())
                .isEqualTo(7000);
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        assertThat(ConfigLoader.load(Map.of(), Map.of("TRUNKLINE_PUBLIC_ADDRESS", ""))
                        .sip()
                        .publicAddresses())
                .isEmpty();
    }

    @Test
    void theTlsPortFollowsTheSipPort() {
        assertThat(load("sip: {port: 6000}").sip().tlsPort()).isEqualTo(6001);
    }

    @Test
    void aCertificateIsItsChainAndItsKey() {
        assertThat(load("sip: {tls_certificate: a.pem, tls_key: b.pem}").sip().certificate())
                .hasValueSatisfying(pair -> assertThat(pair.key()).isEqualTo(Path.of("b.pem")));
    }

    @Test
    void theApisCertificateIsItsChainAndItsKeyAndNeverOneWithoutTheOther() {
        assertThat(load("http: {tls_certificate: a.pem, tls_key: b.pem}").http().certificate())
                .contains(new HttpConfig.Certificate(Path.of("a.pem"), Path.of("b.pem")));
        assertThatThrownBy(() -> load("http: {tls_certificate: a.pem}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("http.tls_certificate and http.tls_key are only of use together");
    }

    @Test
    void onePublicAddressOfEachFamilyReachesMedia() {
        ControlConfig config = load("public_address: [203.0.113.7, '2001:db8::7']");
        assertThat(config.rtp().publicIpv4()).contains(InetAddress.ofLiteral("203.0.113.7"));
        assertThat(config.rtp().publicIpv6()).contains(InetAddress.ofLiteral("2001:db8::7"));
    }

    @Test
    void anUnknownKeyStopsWithFileLineAndTheNearestName() {
        assertThatThrownBy(() -> load("http:\n  port: 80\nsip:\n  prot: 5060\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".*trunkline.yaml:4: unknown key 'sip.prot'; did you mean 'sip.port'\\?");
    }

    @Test
    void anUnknownVariableStopsWithTheNearestName() {
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Map.of("TRUNKLINE_HTTP_PROT", "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("environment: unknown variable TRUNKLINE_HTTP_PROT; did you mean 'TRUNKLINE_HTTP_PORT'?");
    }

    @Test
    void aNameFarFromEveryKeyGetsNoSuggestion() {
        assertThatThrownBy(() -> load("mail_server: x")).hasMessageEndingWith("unknown key 'mail_server'");
    }

    @Test
    void variablesThatKubernetesSetsForAServiceAreNotOurs() {
        Map<String, String> links = Map.of(
                "TRUNKLINE_SERVICE_HOST", "10.1.2.3",
                "TRUNKLINE_SERVICE_PORT_HTTP", "8080",
                "TRUNKLINE_PORT", "tcp://10.1.2.3:8080",
                "TRUNKLINE_PORT_8080_TCP_ADDR", "10.1.2.3");
        assertThat(ConfigLoader.load(Map.of(), links)).isEqualTo(load(""));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueStopsWithFileLineAndTheRightForm(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessage(folder.resolve("trunkline.yaml") + message);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("sip: {port: 99999}", ":1: sip.port: '99999' is not a whole number from 0 to 65535"),
                Arguments.of("\n\nsandbox: maybe", ":3: sandbox: 'maybe' is not on or off"),
                Arguments.of("drain: 5", ":1: drain: '5' is not a duration such as 500ms, 30s, 5m, 2h or 7d"),
                Arguments.of("bind: localhost", ":1: bind: 'localhost' is not an IP address"),
                Arguments.of(
                        "rtp:\n  ports: 20000-10000",
                        ":2: rtp.ports: '20000-10000' is not a range of ports within 1024-65535, such as 10000-20000"),
                Arguments.of(
                        "speech: {engine: loud}",
                        ":1: speech.engine: 'loud' is not one of auto, piper, espeak, flite, festival, freetts, command, http"),
                Arguments.of("sip: {port: 1}\nsip: {port: 2}", ":2: sip.port is set twice"),
                Arguments.of("- a\n- b", ":1: expected 'key: value' lines"));
    }

    @Test
    void brokenYamlIsReportedByLine() {
        assertThatThrownBy(() -> load("http:\n  port: [1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(".*trunkline.yaml:\\d: not valid YAML: .*");
    }

    @Test
    void aNamedFileThatIsMissingStopsTheStart() {
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("TRUNKLINE_CONFIG", "/nowhere/t.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/nowhere/t.yaml: cannot be read");
    }

    @Test
    void aSecretNeverPrintsItself() {
        ControlConfig config = ConfigLoader.load(
                Map.of(),
                Map.of("TRUNKLINE_API_KEY", "tell-no-one", "TRUNKLINE_DATABASE_URL", "postgresql://u:tell-no-one@h/d"));
        assertThat(config.toString()).doesNotContain("tell-no-one");
    }

    private static Set<String> knownKeys(Map<String, Setting> file) {
        Settings settings = new Settings(file, Map.of());
        assertThat(new ConfigLoader(settings).read()).isNotNull();
        return settings.known();
    }

    private static String yaml(String key, String value) {
        String quoted = "'" + value + "'";
        int dot = key.indexOf('.');
        return dot < 0 ? key + ": " + quoted : key.substring(0, dot) + ":\n  " + key.substring(dot + 1) + ": " + quoted;
    }

    private ControlConfig load(String yaml) {
        return ConfigLoader.load(YamlFile.read(write(yaml)), Map.of());
    }

    private Path write(String yaml) {
        try {
            return Files.writeString(folder.resolve("trunkline.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
