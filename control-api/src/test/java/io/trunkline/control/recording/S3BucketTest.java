package io.trunkline.control.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Secret;
import io.trunkline.control.keys.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in the bucket of a real server. */
class S3BucketTest {
    @TempDir
    Path folder;

    @Test
    void aRecordingGoesThereComesBackAndIsGoneWhenDeleted() throws Exception {
        try (S3Server server = new S3Server(folder)) {
            Path wav = Files.write(folder.resolve("rec_1.wav"), new byte[100_000]);
            Path back = folder.resolve("back");
            Bucket bucket = server.bucket();

            assertThat(bucket.get("rec_1.wav", back)).isFalse();
            bucket.put("rec_1.wav", wav);
            assertThat(bucket.get("rec_1.wav", back)).isTrue();
            assertThat(back).hasSameBinaryContentAs(wav);
            assertThatThrownBy(() -> server.bucketOfSomebodyElse().get("rec_1.wav", back))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403");
            bucket.delete("rec_1.wav");
            bucket.delete("rec_1.wav");
            assertThat(bucket.get("rec_1.wav", back)).isFalse();
        }
    }

    @Test
    void theVaultSealsSendsAndServesFromThere() throws Exception {
        try (S3Server server = new S3Server(folder)) {
            Path keyFile = Files.writeString(folder.resolve("keys"), "k " + "A".repeat(43) + "=\n");
            Path made = Files.createDirectories(folder.resolve("made"));
            Vault vault = new Vault(
                    made,
                    folder.resolve("opened"),
                    Optional.of(KeyRing.read(keyFile)),
                    Optional.of(server.bucket()),
                    InstantSource.system());
            byte[] audio = new byte[70_000];
            Files.write(vault.made("rec_2"), audio);

            server.stop();
            assertThatThrownBy(() -> vault.store("rec_2")).isInstanceOf(IOException.class);
            assertThat(vault.wav("rec_2")).as("while the bucket is away").isPresent();
            vault.deleteOpened("rec_2");

            server.start();
            vault.store("rec_2");
            assertThat(made).isEmptyDirectory();
            assertThat(vault.wav("rec_2").orElseThrow()).hasBinaryContent(audio);
            vault.delete("rec_2");
            assertThat(vault.wav("rec_2")).isEmpty();
            assertThat(vault.wav("rec_3")).isEmpty();
        }
    }

    @Test
    void aSignatureDependsOnEverythingThatIsSigned() {
        S3Credentials owner = new S3Credentials("us-east-1", "AK", new Secret("SK"));
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-05-24T00:00:00Z"));
        URI uri = URI.create("http://127.0.0.1:9000/calls/rec_1.wav");
        Map<String, String> headers = new S3Signature(owner, clock).headers("GET", uri, S3Signature.EMPTY_SHA256);

        assertThat(headers).containsEntry("x-amz-date", "20260524T000000Z");
        assertThat(headers.get("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AK/20260524/us-east-1/s3/aws4_request, SignedHeaders=host;")
                .isNotEqualTo(new S3Signature(owner, clock)
                        .headers("PUT", uri, S3Signature.EMPTY_SHA256)
                        .get("Authorization"));
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        Vault vault =
                new Vault(folder, folder.resolve("opened"), Optional.empty(), Optional.empty(), InstantSource.system());
        assertThatThrownBy(() -> vault.wav("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }
}
