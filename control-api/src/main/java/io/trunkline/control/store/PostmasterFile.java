package io.trunkline.control.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file by which a running server names itself: pid, data folder, start time, port, socket folder, address, shared
 * memory key, state, one a line.
 */
record PostmasterFile(ProcessHandle server, int port, boolean ready) {
    private static final int LINE_PID = 0;
    private static final int LINE_PORT = 3;
    private static final int LINE_STATE = 7;

    /** The server that really runs on this cluster; a file left by a dead one, or being written, is none. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() <= LINE_PORT || !lines.get(LINE_PID).matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(LINE_PORT).strip());
        boolean ready =
                lines.size() > LINE_STATE && lines.get(LINE_STATE).strip().equals("ready");
        return ProcessHandle.of(Long.parseLong(lines.get(LINE_PID)))
                .filter(ProcessHandle::isAlive)
                .filter(process -> worksIn(process, cluster))
                .map(process -> new PostmasterFile(process, port, ready));
    }

    /** A pid may have been given to another program since; a postmaster works in its cluster's folder. */
    private static boolean worksIn(ProcessHandle process, Path cluster) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), cluster);
        } catch (IOException e) {
            return false;
        }
    }

    boolean runs(Path program) {
        try {
            return Files.isSameFile(Path.of("/proc/" + server.pid() + "/exe"), program);
        } catch (IOException e) {
            return false;
        }
    }
}
