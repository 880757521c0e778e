package io.trunkline.control.bench;

import java.io.IOException;

/** {@code ./trunkline bench calls|api}. */
public final class BenchCommand {
    private static final int USAGE_ERROR = 2;

    private BenchCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            BenchOptions options = BenchOptions.parse(arguments);
            Figures figures = options.what().equals("api") ? ApiBench.run(options) : CallsBench.run(options);
            System.out.println(options.json() ? figures.json() : figures.lines());
            System.exit(0);
        } catch (IllegalArgumentException e) {
            System.err.println("trunkline: " + e.getMessage());
            System.exit(USAGE_ERROR);
        } catch (IllegalStateException | IOException e) {
            System.err.println("trunkline: " + e.getMessage());
            System.exit(1);
        }
    }
}
