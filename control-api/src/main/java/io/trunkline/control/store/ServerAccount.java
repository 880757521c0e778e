package io.trunkline.control.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The account PostgreSQL runs under: it refuses to run as root, so that root must step down first.
 *
 * @param user who owns the database files
 * @param prefix what a command line starts with to run as that account
 */
record ServerAccount(UserPrincipal user, List<String> prefix) {
    private static final Path SELF = Path.of("/proc/self");
    private static final List<String> SYSTEM_USERS = List.of("trunkline", "postgres", "nobody");

    ServerAccount {
        prefix = List.copyOf(prefix);
    }

    /**
     * Chooses the account for the files in {@code home}. Files that exist keep their owner: another choice could not
     * read them.
     */
    static ServerAccount forFilesIn(Path home, Path cluster) throws IOException {
        UserPrincipal self = Files.getOwner(SELF);
        if (!isRoot()) {
            return new ServerAccount(self, List.of());
        }
        if (Files.exists(cluster)) {
            UserPrincipal owner = Files.getOwner(cluster);
            return owner.equals(self) ? ownNamespace(self) : systemUser(owner);
        }
        return SYSTEM_USERS.stream()
                .flatMap(name -> find(home, name).stream())
                .map(ServerAccount::systemUser)
                .filter(candidate -> candidate.canEnter(home))
                .findFirst()
                .orElseGet(() -> ownNamespace(self));
    }

    private static Optional<UserPrincipal> find(Path home, String name) {
        try {
            return Optional.of(
                    home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
    }

    private static ServerAccount systemUser(UserPrincipal user) {
        return new ServerAccount(
                user,
                List.of(
                        "setpriv",
                        "--reuid=" + user.getName(),
                        "--regid=" + group(user),
                        "--init-groups",
                        "--no-new-privs"));
    }

    /**
     * Where no system user can reach the files (a data folder under /root), a user namespace without a mapping: root's
     * files, none of root's rights, and an id that is not 0.
     */
    private static ServerAccount ownNamespace(UserPrincipal root) {
        return new ServerAccount(root, List.of("unshare", "-U"));
    }

    private static String group(UserPrincipal user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user.getName()).start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new StorageException("cannot look up the group of " + user.getName(), e);
        }
    }

    private boolean canEnter(Path folder) {
        try {
            Process test = new ProcessBuilder(command("test", "-x", folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> command(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(words));
        return command;
    }

    void give(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (!view.getOwner().equals(user)) {
            view.setOwner(user);
        }
    }
}
