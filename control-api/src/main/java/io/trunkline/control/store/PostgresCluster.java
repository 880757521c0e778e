package io.trunkline.control.store;

import io.trunkline.control.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The database files, and the programs that make, serve and stop them. */
record PostgresCluster(Path home, PostgresBinaries binaries, ServerAccount account) {
    static final String SUPERUSER = "trunkline";

    /**
     * Ctrl-C must not reach the server before the last events are written, so it lives in a session of its own. It
     * speaks scram on loopback and nothing else; what makes a commit durable is spelled out rather than left to defaults.
     */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "password_encryption=scram-sha-256",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "jit=off",
            "log_min_messages=warning",
            "log_checkpoints=off",
            "log_line_prefix=%m [%p] ");

    Path folder() {
        return folderIn(home);
    }

    static Path folderIn(Path home) {
        return home.resolve("cluster");
    }

    Path log() {
        return home.resolve("server.log");
    }

    boolean exists() {
        return Files.exists(folder().resolve("PG_VERSION"));
    }

    /** Builds the files aside and moves them into place, so that a start cut short leaves nothing half made. */
    void create(Secret password) throws IOException {
        Path half = home.resolve("cluster.new");
        Path passwordFile = home.resolve("initial-password");
        Folders.delete(half);
        Folders.create(half, "rwx------");
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password.value());
            account.give(passwordFile);
            account.give(half);
            run(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + half,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        createDatabase(half);
        Files.move(half, folder(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** In single-user mode, so that no server answers on any port before the database is whole. */
    private void createDatabase(Path half) throws IOException {
        Path statement = Files.writeString(home.resolve("create.sql"), "CREATE DATABASE " + SUPERUSER + "\n");
        List<String> command = account.command(
                binaries.program("postgres").toString(),
                "--single",
                "-D",
                half.toString(),
                "-c",
                "exit_on_error=on",
                "postgres");
        finish(process(command).redirectInput(statement.toFile()).start(), "creating the database");
        Files.delete(statement);
    }

    Optional<PostmasterFile> running() throws IOException {
        return PostmasterFile.read(folder());
    }

    ProcessHandle start(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(account.command(binaries.program("postgres").toString(), "-D", folder().toString()));
        command.addAll(List.of("-c", "port=" + port));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        return process(command).start().toHandle();
    }

    /** Ends connections, writes what is left, and returns when the server is gone. */
    void stop() throws IOException {
        run(binaries.program("pg_ctl").toString(), "stop", "-D", folder().toString(), "-m", "fast", "-t", "60");
    }

    private void run(String... words) throws IOException {
        finish(process(account.command(words)).start(), words[0]);
    }

    private void finish(Process process, String what) {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed(what + " did not finish");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what + " was interrupted");
        }
        if (process.exitValue() != 0) {
            throw failed(what + " ended with status " + process.exitValue());
        }
    }

    /** The server outlives a killed JVM, so its output goes to a file: a pipe would break. Our keys stay with us. */
    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    StorageException failed(String what) {
        return new StorageException("the embedded PostgreSQL cannot run: " + what + "\n" + lastLines());
    }

    private String lastLines() {
        try {
            List<String> lines = List.of(new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).split("\n"));
            return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException e) {
            return "  (no log: " + e.getMessage() + ")";
        }
    }
}
