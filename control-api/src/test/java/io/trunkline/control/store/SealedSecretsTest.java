package io.trunkline.control.store;

import static io.trunkline.control.store.TestStorage.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.keys.KeyRing;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSecretsTest {
    private static final String OLD = "old " + "A".repeat(43) + "=\n";
    private static final String NEW = "new " + "B".repeat(42) + "A=\n";
    private static final JsonObject SECRET = new JsonObject().put("password", "tell no one");
    private static TestStorage storage;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        storage = new TestStorage();
    }

    @AfterAll
    static void stop() {
        storage.close();
    }

    @BeforeEach
    void empty() {
        storage.query("delete from trunks");
        storage.query("update applications set secret = '{}'");
    }

    @Test
    void whatLaysPlainInTheDatabaseIsSealedAtTheStartAndReadAsBefore() throws IOException {
        plain("trk_a");
        assertThat(password("trk_a", OLD)).as("before").isEqualTo("tell no one");
        start(OLD);
        assertThat(stored("trk_a")).contains("sealed", "\"old\"").doesNotContain("tell no one");
        assertThat(password("trk_a", OLD)).isEqualTo("tell no one");
    }

    @Test
    void aNewKeyOnTopSealsEverythingAnewSoThatTheOldOneMayGo() throws IOException {
        plain("trk_b");
        start(OLD);
        start(NEW + OLD);
        assertThat(stored("trk_b")).contains("\"new\"");
        assertThat(password("trk_b", NEW)).isEqualTo("tell no one");
    }

    @Test
    void aStartWithoutTheKeySaysWhichOneIsMissingAndChangesNothing() throws IOException {
        plain("trk_c");
        start(OLD);
        String before = stored("trk_c");
        assertThatThrownBy(() -> start(NEW))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("trk_c")
                .hasMessageContaining("the key 'old'")
                .hasMessageContaining("secrets.keys");
        assertThat(stored("trk_c")).isEqualTo(before);
    }

    @Test
    void aSecretCopiedIntoAnotherRowOpensNothing() throws IOException {
        plain("trk_d");
        plain("trk_e");
        start(OLD);
        storage.query("update trunks set secret = (select secret from trunks where id = 'trk_d') where id = 'trk_e'");
        assertThat(password("trk_d", OLD)).isEqualTo("tell no one");
        assertThatThrownBy(() -> password("trk_e", OLD)).hasMessageContaining("damaged");
    }

    @Test
    void theSameSecretNeverLooksTheSame() throws IOException {
        plain("trk_f");
        plain("trk_g");
        start(OLD);
        assertThat(stored("trk_f")).isNotEqualTo(stored("trk_g"));
    }

    @Test
    void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("made");
        KeyRing made = KeyRing.readOrMake(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyRing.readOrMake(file).current()).isEqualTo(made.current());
        assertThat(KeyRing.readOrMake(folder.resolve("another")).current().name())
                .isNotEqualTo(made.current().name());
    }

    private void start(String keys) throws IOException {
        await(secrets(keys).sealAll(storage.pool()));
    }

    private String password(String id, String keys) throws IOException {
        return await(new ResourceStore(storage.pool(), secrets(keys)).find(ResourceKind.TRUNK, id, Optional.empty()))
                .orElseThrow()
                .secret()
                .getString("password");
    }

    private SealedSecrets secrets(String keys) throws IOException {
        return new SealedSecrets(KeyRing.read(Files.writeString(folder.resolve("keys"), keys)));
    }

    private static void plain(String id) {
        storage.query("insert into trunks (id, name, doc, secret) values ($1, $1, '{}', $2)", id, SECRET);
    }

    private static String stored(String id) {
        return storage.query("select secret::text as secret from trunks where id = $1", id)
                .getFirst()
                .getString("secret");
    }
}
