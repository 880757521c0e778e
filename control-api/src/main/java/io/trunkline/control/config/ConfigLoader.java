package io.trunkline.control.config;

import io.trunkline.control.ControlConfig;
import io.trunkline.control.Secret;
import io.trunkline.control.http.HttpConfig;
import io.trunkline.media.IceConfig;
import io.trunkline.media.MediaConfig;
import io.trunkline.sip.SipConfig;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every key, its type and its default, in the order of the reference file. */
public final class ConfigLoader {
    private final Settings settings;

    ConfigLoader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads the file named by {@code TRUNKLINE_CONFIG}, else {@code config/trunkline.yaml} of the installation if it is
     * there, with the environment on top.
     *
     * @throws ConfigException naming file, line and the nearest known name
     */
    public static ControlConfig load(Map<String, String> environment) {
        String named = environment.get("TRUNKLINE_CONFIG");
        if (named != null && !named.isBlank()) {
            return load(YamlFile.read(Path.of(named)), environment);
        }
        Path standard = Path.of(environment.getOrDefault("TRUNKLINE_HOME", "."), "config", "trunkline.yaml");
        return load(Files.exists(standard) ? YamlFile.read(standard) : Map.of(), environment);
    }

    static ControlConfig load(Map<String, Setting> file, Map<String, String> environment) {
        Settings settings = new Settings(file, environment);
        ControlConfig config = new ConfigLoader(settings).read();
        settings.refuseUnknown();
        return config;
    }

    ControlConfig read() {
        Path data = settings.value("data", Path.of("data"), Path::of)
                .toAbsolutePath()
                .normalize();
        List<String> bind = addresses("bind", List.of("127.0.0.1", "::1"));
        List<InetAddress> published = settings.list("public_address", List.of(), Values::address);
        return new ControlConfig(
                data,
                settings.optional("admin_key", Secret::new),
                settings.optional("api_key", Secret::new),
                settings.flag("sandbox", true),
                settings.duration("drain", Duration.ofMinutes(5)),
                new ControlConfig.Node(
                        settings.optional("node.name", Values::nodeName), settings.optional("node.url", Values::url)),
                http(addresses("http.bind", bind)),
                sip(addresses("sip.bind", bind), published),
                rtp(data.resolve("recordings"), published),
                new ControlConfig.Database(
                        settings.optional("database.url", Secret::new),
                        settings.number("database.pool_size", 8, 1, 500)),
                new ControlConfig.Fetch(settings.list("fetch.allow", List.of(), text -> text)),
                speech(),
                settings.optional("secrets.keys", Path::of),
                recordings(),
                agent());
    }

    private ControlConfig.Http http(List<String> bind) {
        Optional<Path> chain = settings.optional("http.tls_certificate", Path::of);
        Optional<Path> key = settings.optional("http.tls_key", Path::of);
        if (chain.isPresent() != key.isPresent()) {
            throw new ConfigException("http.tls_certificate and http.tls_key are only of use together");
        }
        return new ControlConfig.Http(
                bind,
                settings.port("http.port", 8080),
                settings.number("http.requests_per_second", 0, 0, 1_000_000),
                chain.flatMap(file -> key.map(secret -> new HttpConfig.Certificate(file, secret))));
    }

    private ControlConfig.Recordings recordings() {
        return new ControlConfig.Recordings(
                settings.optional("recordings.keys", Path::of),
                settings.optional("recordings.s3_endpoint", Values::httpAddress),
                settings.optional("recordings.s3_bucket", Values::bucketName),
                settings.text("recordings.s3_region", "us-east-1"),
                settings.optional("recordings.s3_access_key", text -> text),
                settings.optional("recordings.s3_secret_key", Secret::new));
    }

    private ControlConfig.Agent agent() {
        return new ControlConfig.Agent(
                settings.optional("agent.url", text -> text),
                settings.optional("agent.key", Secret::new),
                settings.optional("agent.model", text -> text));
    }

    private SipConfig sip(List<String> bind, List<InetAddress> published) {
        int port = settings.port("sip.port", 5060);
        int tlsPort = settings.port("sip.tls_port", port == 0 ? 0 : Math.min(65535, port + 1));
        Optional<Path> chain = settings.optional("sip.tls_certificate", Path::of);
        Optional<Path> key = settings.optional("sip.tls_key", Path::of);
        return new SipConfig(
                "trunkline",
                bind,
                port,
                tlsPort,
                chain.flatMap(file -> key.map(secret -> new SipConfig.Certificate(file, secret))),
                published.stream().map(InetAddress::getHostAddress).toList(),
                settings.text("sip.user_agent", "Trunkline"),
                settings.duration("sip.connect_timeout", Duration.ofSeconds(3)),
                settings.duration("sip.ban_for", Duration.ofMinutes(5)),
                settings.flag("sip.answer_strangers", false));
    }

    private MediaConfig rtp(Path recordings, List<InetAddress> published) {
        MediaConfig standard = MediaConfig.defaults(recordings);
        Values.PortRange ports = settings.value(
                "rtp.ports", new Values.PortRange(standard.firstPort(), standard.lastPort()), Values::ports);
        return new MediaConfig(
                settings.number("rtp.loops", standard.loops(), 0, 256),
                ports.first(),
                ports.last(),
                settings.duration("rtp.port_quarantine", standard.portQuarantine()),
                published.stream().filter(Inet4Address.class::isInstance).findFirst(),
                published.stream().filter(Inet6Address.class::isInstance).findFirst(),
                settings.duration("rtp.media_timeout", standard.mediaTimeout()),
                settings.duration("rtp.latch_window", standard.latchWindow()),
                recordings,
                settings.flag("rtp.realtime", standard.realtime()),
                new IceConfig(settings.flag("rtp.ice_lite", false), stunServers()));
    }

    private List<IceConfig.StunServer> stunServers() {
        return settings.list("rtp.stun", List.of(), Values::stunServer);
    }

    private ControlConfig.Speech speech() {
        return new ControlConfig.Speech(
                settings.value(
                        "speech.engine",
                        ControlConfig.Speech.Engine.AUTO,
                        text -> Values.oneOf(ControlConfig.Speech.Engine.class, text)),
                settings.optional("speech.voice", text -> text),
                settings.optional("speech.command", text -> text),
                settings.optional("speech.url", text -> text),
                settings.optional("speech.key", Secret::new),
                settings.optional("speech.model", text -> text),
                settings.number("speech.at_once", 10, 1, 1000),
                settings.number("speech.cache_megabytes", 256, 0, 1_000_000));
    }

    private List<String> addresses(String key, List<String> standard) {
        return settings.list(key, standard, Values::addressText);
    }
}
