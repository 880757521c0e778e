package io.trunkline.media;

import io.trunkline.media.amd.Model;
import io.trunkline.media.amd.Result;
import io.trunkline.media.amd.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The detector on recordings instead of calls: what it would say of a far side that was recorded. */
public final class AmdTrial {
    private final Model model;

    private AmdTrial(Model model) {
        this.model = model;
    }

    /** @param model a trained model's file; empty takes the one that calls use */
    public static AmdTrial with(Optional<Path> model) throws IOException {
        if (model.isEmpty()) {
            return new AmdTrial(Model.shipped());
        }
        try (var in = Files.newInputStream(model.get())) {
            return new AmdTrial(Model.read(in));
        }
    }

    /** The far side's sound, as it came out of a mono WAV. */
    public static short[] read(Path wav) throws IOException {
        return WavFile.read(wav);
    }

    public AmdVerdict verdict(short[] farSide, AmdSpec spec) {
        return Result.of(farSide, model, spec).verdict();
    }
}
