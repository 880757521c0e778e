package io.trunkline.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server: every test starts one. */
class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    /** The programs are the same everywhere; linking them saves each test the unpacking. */
    @BeforeEach
    void linkPrograms() throws IOException {
        Path from = TestPostgres.home();
        Path to = Folders.create(data().resolve("postgres"), "rwx--x--x");
        try (Stream<Path> files = Files.walk(from, 1)) {
            Path programs = files.filter(file -> file.getFileName().toString().startsWith("programs-"))
                    .findFirst()
                    .orElseThrow();
            copyByLinks(programs, to.resolve(programs.getFileName()));
        }
    }

    private static void copyByLinks(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Folders.create(target, "rwxr-xr-x");
                } else {
                    Files.createLink(target, file);
                }
            }
        }
    }

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
        DatabaseUrl url = TestPostgres.freshDatabase();
        assertThat(ask(url, "SHOW fsync")).isEqualTo("on");
        assertThat(ask(url, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(url, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(ask(url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask(url, "SHOW unix_socket_directories")).isEmpty();
    }

    @Test
    void refusesWhoeverDoesNotHoldThePassword() {
        DatabaseUrl url = TestPostgres.freshDatabase();
        assertThatThrownBy(() -> ask(as(url, "trunkline", "guess"), "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> ask(as(url, "postgres", "guess"), "SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void closesItsFilesToOtherUsers() throws Exception {
        Path home = TestPostgres.home();
        assertThat(permissions(home.resolve("password"))).isEqualTo("rw-------");
        assertThat(permissions(home.resolve("cluster"))).isEqualTo("rwx------");
        assertThat(permissions(home)).doesNotContain("r--").doesNotEndWith("r-x");
        assertThat(home.resolve("initial-password")).doesNotExist();
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

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
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
        try (Connection connection = TestPostgres.connect(postgres.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(DatabaseUrl url, String sql) throws SQLException {
        try (Connection connection = TestPostgres.connect(url);
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
}
