package io.trunkline.media.amd;

import io.trunkline.media.amd.train.Corpus;
import io.trunkline.media.amd.train.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code trunkline amd}: runs the detector over files, trains it, scores it. */
public final class AmdCommand {
    private static final long SEED = 20261120;

    private AmdCommand() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 3 && arguments[0].equals("train")) {
            try (OutputStream out = Files.newOutputStream(Path.of(arguments[2]))) {
                Training.train(Corpus.load(Path.of(arguments[1])), SEED).write(out);
            }
        }
    }
}
