package io.trunkline.control;

import io.trunkline.control.keys.KeyRing;
import io.trunkline.control.recording.Archivist;
import io.trunkline.control.recording.Bucket;
import io.trunkline.control.recording.S3Bucket;
import io.trunkline.control.recording.S3Credentials;
import io.trunkline.control.recording.Vault;
import io.trunkline.control.store.RecordingArchive;
import java.time.Duration;
import java.util.Optional;

/** Where finished recordings lie, and who looks after them. */
final class RecordingRoom {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private RecordingRoom() {}

    static Vault open(Ground ground, ControlConfig config, Shutdown shutdown) {
        ControlConfig.Recordings wanted = config.recordings();
        Vault vault = new Vault(
                config.rtp().recordings(),
                config.data().resolve("opened"),
                wanted.keys().map(KeyRing::read),
                wanted.s3Endpoint().map(endpoint -> bucket(ground, wanted)),
                ground.clock());
        Archivist archivist = new Archivist(vault, new RecordingArchive(ground.pool()), ROUND);
        archivist.start();
        shutdown.add("recording archive", archivist);
        return vault;
    }

    private static Bucket bucket(Ground ground, ControlConfig.Recordings wanted) {
        S3Credentials credentials = new S3Credentials(
                wanted.s3Region(),
                needed(wanted.s3AccessKey(), "s3_access_key"),
                needed(wanted.s3SecretKey(), "s3_secret_key"));
        return new S3Bucket(
                wanted.s3Endpoint().orElseThrow(), needed(wanted.s3Bucket(), "s3_bucket"), credentials, ground.clock());
    }

    private static <T> T needed(Optional<T> value, String key) {
        return value.orElseThrow(() ->
                new IllegalArgumentException("recordings.s3_endpoint is set: recordings." + key + " is needed too"));
    }
}
