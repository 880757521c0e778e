package io.trunkline.control.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server for all tests of a JVM, since starting one takes seconds, and an empty database for whoever asks. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Started with the first test that needs it, deleted with the JVM. */
    private static final class Server {
        static final Path DATA = folder();
        static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(DATA);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Server::stop, "test-postgres"));
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("trunkline-test-postgres");
            } catch (IOException e) {
                throw new StorageException("no folder for the test server", e);
            }
        }

        private static void stop() {
            POSTGRES.close();
            try {
                Folders.delete(DATA);
            } catch (IOException e) {
                throw new StorageException("the test server's folder stays behind", e);
            }
        }
    }

    /** An empty database of the caller's own. */
    public static DatabaseUrl freshDatabase() {
        DatabaseUrl server = Server.POSTGRES.url();
        DatabaseUrl fresh = server.withDatabase("test_" + DATABASES.incrementAndGet());
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + fresh.database());
            return fresh;
        } catch (SQLException e) {
            throw new StorageException("no fresh database", e);
        }
    }

    static Path home() {
        return Server.DATA.resolve("postgres");
    }

    static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(
                url.jdbc(), url.user(), url.password().orElseThrow().value());
    }
}
