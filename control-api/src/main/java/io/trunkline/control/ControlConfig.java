package io.trunkline.control;

import io.trunkline.control.http.HttpConfig;
import io.trunkline.media.MediaConfig;
import io.trunkline.sip.SipConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set, read once at start. {@code config/trunkline.yaml} documents each key with its default and
 * the reason for it.
 *
 * @param data where the database, recordings and keys live
 * @param adminKey the key that manages accounts; generated at the first start unless given
 * @param apiKey the key of the default application; generated at the first start unless given
 * @param sandbox whether the carrier in the box answers
 * @param secretKeys the file of keys that passwords and other secrets in the database are sealed with
 * @param drain how long a stop waits for calls to end by themselves
 */
public record ControlConfig(
        Path data,
        Optional<Secret> adminKey,
        Optional<Secret> apiKey,
        boolean sandbox,
        Duration drain,
        Node node,
        Http http,
        SipConfig sip,
        MediaConfig rtp,
        Database database,
        Fetch fetch,
        Speech speech,
        Optional<Path> secretKeys,
        Recordings recordings,
        Agent agent) {

    /**
     * This node among several on one database.
     *
     * @param name what tells it from the others; the machine's name unless given
     * @param url where the others reach its API; without one it is alone
     */
    public record Node(Optional<String> name, Optional<URI> url) {}

    /**
     * @param bind addresses to listen on; an absent family is skipped
     * @param requestsPerSecond of one key; 0 is any number
     * @param certificate with it the API speaks TLS and nothing else
     */
    public record Http(
            List<String> bind, int port, int requestsPerSecond, Optional<HttpConfig.Certificate> certificate) {
        public Http {
            bind = List.copyOf(bind);
        }
    }

    /** @param url a PostgreSQL to use instead of the embedded one; secret, since it may carry the password */
    public record Database(Optional<Secret> url, int poolSize) {}

    /** @param allow CIDR ranges, hosts and host:port pairs that may be fetched although they are private */
    public record Fetch(List<String> allow) {
        public Fetch {
            allow = List.copyOf(allow);
        }
    }

    /**
     * Where finished recordings go.
     *
     * @param keys the file of keys to seal them with; empty leaves them as they are
     * @param s3Endpoint the server that speaks S3 to send them to; empty keeps them in the data folder
     */
    public record Recordings(
            Optional<Path> keys,
            Optional<URI> s3Endpoint,
            Optional<String> s3Bucket,
            String s3Region,
            Optional<String> s3AccessKey,
            Optional<Secret> s3SecretKey) {}

    /**
     * The agent server that calls use when they name none.
     *
     * @param key sent to {@code url} alone
     */
    public record Agent(Optional<String> url, Optional<Secret> key, Optional<String> model) {}

    /**
     * How text becomes speech.
     *
     * @param engine which synthesizer; AUTO takes the best one found
     * @param voice the voice used when a request names none
     * @param command for COMMAND: program and arguments; text on standard input, a WAV on standard output
     * @param url for HTTP: the base URL of an OpenAI-compatible speech service
     * @param cacheMegabytes synthesized speech kept on disk, least recently used first out
     */
    public record Speech(
            Engine engine,
            Optional<String> voice,
            Optional<String> command,
            Optional<String> url,
            Optional<Secret> key,
            Optional<String> model,
            int atOnce,
            int cacheMegabytes) {
        /** The synthesizers to choose from. */
        public enum Engine {
            AUTO,
            PIPER,
            ESPEAK,
            FLITE,
            FESTIVAL,
            FREETTS,
            COMMAND,
            HTTP
        }
    }
}
