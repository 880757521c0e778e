package io.trunkline.control.recording;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;

/** A bucket of any server that speaks S3 with path-style addresses and version 4 signatures. */
public final class S3Bucket implements Bucket {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final int NOT_FOUND = 404;

    private final URI bucket;
    private final S3Signature signature;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param endpoint of the server, without the bucket */
    public S3Bucket(URI endpoint, String bucket, S3Credentials credentials, InstantSource clock) {
        String base = endpoint.toString();
        this.bucket = URI.create((base.endsWith("/") ? base : base + "/") + bucket + "/");
        this.signature = new S3Signature(credentials, clock);
    }

    @Override
    public void put(String name, Path file) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("PUT", name, sha256(file)).PUT(BodyPublishers.ofFile(file));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw refused("PUT", name, answer.statusCode());
        }
    }

    @Override
    public boolean get(String name, Path into) throws IOException, InterruptedException {
        HttpRequest request = request("GET", name, S3Signature.EMPTY_SHA256).build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return false;
            }
            if (answer.statusCode() / 100 != 2) {
                throw refused("GET", name, answer.statusCode());
            }
            Files.copy(body, into, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    @Override
    public void delete(String name) throws IOException, InterruptedException {
        HttpRequest request =
                request("DELETE", name, S3Signature.EMPTY_SHA256).DELETE().build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != NOT_FOUND) {
            throw refused("DELETE", name, answer.statusCode());
        }
    }

    private HttpRequest.Builder request(String method, String name, String bodySha256) {
        URI uri = bucket.resolve(name);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        signature.headers(method, uri, bodySha256).forEach(request::header);
        return request;
    }

    /** The body may quote what was sent: only the code is told. */
    private static IOException refused(String method, String name, int status) {
        return new IOException("the bucket answered " + status + " to " + method + " " + name);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
