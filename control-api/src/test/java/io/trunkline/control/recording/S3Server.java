package io.trunkline.control.recording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.control.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** S3Proxy in a process of its own, with one empty bucket that only the right signature opens. */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "calls";
    private static final S3Credentials OWNER = new S3Credentials("us-east-1", "access", new Secret("very secret"));
    private static final Path HOME = Path.of(System.getProperty("trunkline.home"));
    private static final Path LIBRARIES = HOME.resolve("control-api/target/s3proxy");

    private final URI endpoint;
    private final Path settings;
    private Process process;

    S3Server(Path folder) throws Exception {
        fetchOnce();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        endpoint = URI.create("http://127.0.0.1:" + port);
        Path objects = Files.createDirectories(folder.resolve("objects"));
        settings = Files.writeString(folder.resolve("s3proxy.properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=access
                s3proxy.credential=very secret
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=any
                jclouds.credential=any
                """.formatted(endpoint, objects));
        start();
        if (put("/" + BUCKET) != 200) {
            throw new IllegalStateException("the bucket cannot be made");
        }
    }

    private static void fetchOnce() throws Exception {
        if (Files.isDirectory(LIBRARIES)) {
            return;
        }
        Path part = Files.createTempDirectory(Files.createDirectories(LIBRARIES.getParent()), "s3proxy");
        Process maven = new ProcessBuilder(
                        HOME.resolve("mvnw").toString(),
                        "--batch-mode",
                        "--quiet",
                        "--file",
                        HOME.resolve("control-api/src/test/s3proxy/pom.xml").toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy-dependencies",
                        "-DoutputDirectory=" + part)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(maven.waitFor(5, TimeUnit.MINUTES) && maven.exitValue() == 0, "needs S3Proxy from Maven Central");
        Files.move(part, LIBRARIES);
    }

    void start() throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        LIBRARIES + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("S3Proxy does not start");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return put("/") > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private int put(String path) throws IOException, InterruptedException {
        URI uri = endpoint.resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.noBody());
        new S3Signature(OWNER, InstantSource.system())
                .headers("PUT", uri, S3Signature.EMPTY_SHA256)
                .forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    Bucket bucket() {
        return new S3Bucket(endpoint, BUCKET, OWNER, InstantSource.system());
    }

    Bucket bucketOfSomebodyElse() {
        S3Credentials wrong = new S3Credentials("us-east-1", "access", new Secret("a guess"));
        return new S3Bucket(endpoint, BUCKET, wrong, InstantSource.system());
    }

    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
