package io.trunkline.control.store;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program of its own that opens the database, writes a row and waits to be killed. */
final class ChildProgram {
    private ChildProgram() {}

    static Process start(Path data) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildProgram.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
        EmbeddedPostgresTest.execute(postgres, "CREATE TABLE child (word text)");
        EmbeddedPostgresTest.execute(postgres, "INSERT INTO child VALUES ('survives')");
        System.out.println("written");
        new CountDownLatch(1).await();
    }
}
