package io.trunkline.control.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate as it lies on the disk, and whether it is another one by now. One thread at a time. */
final class CertificateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

    private final HttpConfig.Certificate files;
    private String seen;

    /** @throws IllegalArgumentException when a file cannot be read */
    CertificateFiles(HttpConfig.Certificate files) {
        this.files = files;
        try {
            this.seen = stamp();
        } catch (IOException e) {
            throw new IllegalArgumentException("the certificate of http.tls_certificate cannot be read: " + e, e);
        }
    }

    /** TLS 1.2 and 1.3 with what the files hold now; blocks. */
    ServerSSLOptions read() throws IOException {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setKeyCertOptions(
                new PemKeyCertOptions().setCertValue(bytes(files.chain())).setKeyValue(bytes(files.key())));
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        return options;
    }

    /** What is to be served from now on, when the files have changed; blocks. Half a renewal is waited out. */
    Optional<ServerSSLOptions> changed() {
        try {
            String now = stamp();
            if (now.equals(seen)) {
                return Optional.empty();
            }
            ServerSSLOptions fresh = read();
            seen = now;
            return Optional.of(fresh);
        } catch (IOException e) {
            LOG.debug("the certificate cannot be read just now", e);
            return Optional.empty();
        }
    }

    private String stamp() throws IOException {
        return stamp(files.chain()) + stamp(files.key());
    }

    private static String stamp(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant() + " " + Files.size(file) + "\n";
    }

    private static Buffer bytes(Path file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(file));
    }
}
