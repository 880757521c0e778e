package io.trunkline.sip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the stack needs to know, once, at start.
 *
 * @param name distinct for each stack of a process
 * @param bind addresses to listen on; absent families are skipped
 * @param port UDP and TCP
 * @param tlsPort 0 for none
 * @param certificate PEM chain and key for the TLS listener
 * @param publicAddresses what Contact and Via say behind NAT, one of a family; empty: what the far side sees
 * @param userAgent what User-Agent and Server say
 * @param banLength how long an address that knocks too often is not even looked at; zero never bans
 * @param answerStrangers false: unknown sources get silence; true: 403
 */
public record SipConfig(
        String name,
        List<String> bind,
        int port,
        int tlsPort,
        Optional<Certificate> certificate,
        List<String> publicAddresses,
        String userAgent,
        Duration connectTimeout,
        Duration banLength,
        boolean answerStrangers) {

    public SipConfig {
        bind = List.copyOf(bind);
        publicAddresses = List.copyOf(publicAddresses);
    }

    /** A PEM chain and its key, re-read when the files change. */
    public record Certificate(Path chain, Path key) {}

    /** The same on other ports. */
    public SipConfig listeningOn(int otherPort, int otherTlsPort) {
        return new SipConfig(
                name,
                bind,
                otherPort,
                otherTlsPort,
                certificate,
                publicAddresses,
                userAgent,
                connectTimeout,
                banLength,
                answerStrangers);
    }

    /** The same, known to the world by these addresses. */
    public SipConfig publishedAs(String... addresses) {
        return new SipConfig(
                name,
                bind,
                port,
                tlsPort,
                certificate,
                List.of(addresses),
                userAgent,
                connectTimeout,
                banLength,
                answerStrangers);
    }

    /** The same, listening on other addresses. */
    public SipConfig bound(String... addresses) {
        return new SipConfig(
                name,
                List.of(addresses),
                port,
                tlsPort,
                certificate,
                publicAddresses,
                userAgent,
                connectTimeout,
                banLength,
                answerStrangers);
    }

    /** The same, answering strangers with a 403 and banning them for so long. */
    public SipConfig strangers(boolean answered, Duration bannedFor) {
        return new SipConfig(
                name,
                bind,
                port,
                tlsPort,
                certificate,
                publicAddresses,
                userAgent,
                connectTimeout,
                bannedFor,
                answered);
    }

    /** The same with TLS shown by this certificate. */
    public SipConfig withCertificate(Certificate shown) {
        return new SipConfig(
                name,
                bind,
                port,
                tlsPort,
                Optional.of(shown),
                publicAddresses,
                userAgent,
                connectTimeout,
                banLength,
                answerStrangers);
    }

    public static SipConfig defaults(String name, int port) {
        return new SipConfig(
                name,
                List.of("127.0.0.1"),
                port,
                0,
                Optional.empty(),
                List.of(),
                "Trunkline",
                Duration.ofSeconds(3),
                Duration.ofMinutes(5),
                false);
    }
}
