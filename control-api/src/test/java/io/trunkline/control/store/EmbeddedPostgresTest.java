package io.trunkline.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server: every test starts one. */
class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatWasWrittenAcrossAStopAndAStart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            execute(postgres, "CREATE TABLE kept (word text)");
            execute(postgres, "INSERT INTO kept VALUES ('hello')");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(ask(postgres.url(), "SELECT word FROM kept")).isEqualTo("hello");
        }
    }

    @Test
    void isDurableAndListensOnLoopbackAlone() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(ask(postgres.url(), "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres.url(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres.url(), "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres.url(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(postgres.url(), "SHOW unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void refusesWhoeverDoesNotHoldThePassword() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            DatabaseUrl url = postgres.url();
            assertThatThrownBy(() -> ask(as(url, "trunkline", "guess"), "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> ask(as(url, "postgres", "guess"), "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void closesItsFilesToOtherUsers() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(postgres.url().port()).isPositive();
            assertThat(permissions("postgres/password")).isEqualTo("rw-------");
            assertThat(permissions("postgres/cluster")).isEqualTo("rwx------");
            assertThat(permissions("postgres")).doesNotContain("r--").doesNotEndWith("r-x");
            assertThat(data().resolve("postgres/initial-password")).doesNotExist();
        }
    }

    @Test
    void comesBackOnTheSamePortWhenTheServerIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            execute(postgres, "CREATE TABLE kept (word text)");
            ProcessHandle server = PostmasterFile.read(data().resolve("postgres/cluster"))
                    .orElseThrow()
                    .server();
            server.destroyForcibly();
            server.onExit().get(10, TimeUnit.SECONDS);
            assertThat(askUntilAnswered(postgres.url(), "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
        }
    }

    @Test
    void goesOnWithTheServerThatAKilledProgramLeftBehind() throws Exception {
        Process program = ChildProgram.start(data());
        assertThat(program.inputReader().readLine()).isEqualTo("written");
        ProcessHandle server = PostmasterFile.read(data().resolve("postgres/cluster"))
                .orElseThrow()
                .server();
        program.destroyForcibly().waitFor();
        assertThat(server.isAlive()).isTrue();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(ask(postgres.url(), "SELECT word FROM child")).isEqualTo("survives");
        }
        assertThat(PostmasterFile.read(data().resolve("postgres/cluster"))).isEmpty();
    }

    @Test
    void replacesAServerThatRunsOtherPrograms() throws Exception {
        Process program = ChildProgram.start(data());
        assertThat(program.inputReader().readLine()).isEqualTo("written");
        program.destroyForcibly().waitFor();
        Path programs = onlyProgramsFolder();
        Files.move(programs, programs.resolveSibling("programs-old"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(ask(postgres.url(), "SELECT word FROM child")).isEqualTo("survives");
            assertThat(PostmasterFile.read(data().resolve("postgres/cluster"))
                            .orElseThrow()
                            .runs(onlyProgramsFolder().resolve("bin/postgres")))
                    .isTrue();
        }
    }

    @Test
    void recoversFromAFirstStartCutShort() throws Exception {
        Path home = Files.createDirectories(data().resolve("postgres"));
        Files.createDirectories(home.resolve("cluster.new/base"));
        Files.writeString(home.resolve("cluster.new/PG_VERSION"), "18");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            assertThat(ask(postgres.url(), "SELECT 1")).isEqualTo("1");
        }
        assertThat(home.resolve("cluster.new")).doesNotExist();
    }

    @Test
    void saysSoWhenThePasswordOfAnExistingDatabaseIsGone() throws Exception {
        EmbeddedPostgres.start(data()).close();
        Files.delete(data().resolve("postgres/password"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(data()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("password is missing");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path onlyProgramsFolder() throws IOException {
        try (var entries = Files.list(data().resolve("postgres"))) {
            return entries.filter(path -> path.getFileName().toString().matches("programs-(?!old).*"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(path)));
    }

    static DatabaseUrl as(DatabaseUrl url, String user, String password) {
        return new DatabaseUrl(
                url.host(),
                url.port(),
                url.database(),
                user,
                Optional.of(new Secret(password)),
                url.sslMode(),
                Optional.empty());
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String askUntilAnswered(DatabaseUrl url, String sql) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return ask(url, sql);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(
                url.jdbc(), url.user(), url.password().orElseThrow().value());
    }
}
