package io.trunkline.control.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the API listens.
 *
 * @param bind addresses; one whose family this machine lacks is skipped
 * @param port 0 takes any that is free
 * @param eventLoops how many event loops serve requests
 * @param certificate with it the API speaks TLS and nothing else
 */
public record HttpConfig(List<String> bind, int port, int eventLoops, Optional<Certificate> certificate) {
    /** PEM files, read again when they change. */
    public record Certificate(Path chain, Path key) {}
}
