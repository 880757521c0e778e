package io.trunkline.media.amd;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.amd.synth.SpeechPrograms;
import io.trunkline.media.amd.synth.SyntheticCorpus;
import io.trunkline.media.amd.train.Chart;
import io.trunkline.media.amd.train.Corpus;
import io.trunkline.media.amd.train.CrossValidation;
import io.trunkline.media.amd.train.Outcome;
import io.trunkline.media.amd.train.Score;
import io.trunkline.media.amd.train.Training;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code trunkline amd}: runs the detector over files, scores it, trains it, makes it a corpus. */
public final class AmdCommand {
    private static final String USAGE = """
            usage: trunkline amd FILE... [--json] [--threshold P] [--model FILE]
                   trunkline amd score DIR [--png FILE] [--threshold P] [--model FILE]
                   trunkline amd train DIR... [--out FILE] [--seed N] [--folds N]
                   trunkline amd synth DIR [--count N] [--seed N]
            FILE is WAV, mono, 16 bits. DIR holds such files and their manifest.json.
            With --folds, train tests DIR (the first one) by voices and texts held back, and reports it.
            """;

    private final Arguments arguments;
    private final PrintStream out;

    private AmdCommand(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    public static void main(String[] arguments) {
        // tables read the same everywhere
        Locale.setDefault(Locale.ROOT);
        int code = run(List.of(arguments), System.out, System.err);
        System.out.flush();
        System.exit(code);
    }

    /** Returns the process's exit code. */
    static int run(List<String> words, PrintStream out, PrintStream errors) {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.names().isEmpty()) {
                errors.print(USAGE);
                return 2;
            }
            return new AmdCommand(arguments, out).run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
            errors.print(USAGE);
            return 2;
        } catch (IOException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private boolean run() throws IOException {
        List<String> names = arguments.names();
        switch (names.getFirst()) {
            case "score" -> score(folder(names));
            case "train" -> train(names.subList(1, names.size()));
            case "synth" -> synthesize(folder(names));
            default -> detect(names);
        }
        return true;
    }

    private void detect(List<String> files) throws IOException {
        Model model = model();
        AmdSpec spec = spec();
        for (String file : files) {
            Result result = Result.of(WavFile.read(Path.of(file)), model, spec);
            String clip = String.valueOf(Path.of(file).getFileName());
            out.println(arguments.has("json") ? result.json(clip) : result.words(clip));
        }
    }

    private void score(Path folder) throws IOException {
        Model model = model();
        List<Outcome> outcomes = new ArrayList<>();
        for (Corpus.Sound sound : Corpus.load(folder).sounds()) {
            outcomes.add(new Outcome(sound.clip(), Result.of(sound.samples(), model, spec())));
        }
        out.print(new Score(outcomes).table());
        Path picture = Path.of(
                arguments.value("png").orElse(folder.resolve("score.png").toString()));
        Chart.write(outcomes, picture);
        out.println("ROC and latency: " + picture);
    }

    private void train(List<String> folders) throws IOException {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("train needs a folder");
        }
        long seed = arguments.number("seed").orElse(1L);
        Corpus tested = Corpus.load(Path.of(folders.getFirst()));
        Corpus extra = Corpus.none();
        for (String each : folders.subList(1, folders.size())) {
            extra = extra.with(Corpus.load(Path.of(each)));
        }
        Path file = Path.of(arguments.value("out").orElse("model.bin"));
        StringBuilder report = new StringBuilder(Training.describe(tested, extra, seed));
        Training training = new Training(tested, extra, seed);
        try (OutputStream to = Files.newOutputStream(file)) {
            training.train().write(to);
        }
        Optional<Long> folds = arguments.number("folds");
        if (folds.isPresent()) {
            List<Outcome> outcomes = new CrossValidation(tested, training, Math.toIntExact(folds.get())).run(spec());
            report.append(
                    "tested on voices and texts held back, %d by %d groups:%n".formatted(folds.get(), folds.get()));
            report.append(new Score(outcomes).table());
        }
        Files.writeString(Path.of(file + ".report.txt"), report);
        out.print(report);
    }

    private void synthesize(Path folder) throws IOException {
        SpeechPrograms programs = SpeechPrograms.find();
        if (!programs.usable()) {
            throw new IOException("needs espeak-ng and flite (Debian packages of these names); festival adds voices");
        }
        int count = Math.toIntExact(arguments.number("count").orElse(400L));
        SyntheticCorpus.write(folder, programs, count, arguments.number("seed").orElse(1L));
        out.println(count + " clips in " + folder);
    }

    private Model model() throws IOException {
        Optional<String> file = arguments.value("model");
        if (file.isEmpty()) {
            return Model.shipped();
        }
        try (var in = Files.newInputStream(Path.of(file.get()))) {
            return Model.read(in);
        }
    }

    private AmdSpec spec() {
        AmdSpec usual = AmdSpec.DEFAULT;
        double threshold = arguments.decimal("threshold").orElse(usual.threshold());
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("--threshold is a probability between 0 and 1");
        }
        return new AmdSpec(threshold, usual.decideWithin(), true);
    }

    private static Path folder(List<String> names) {
        if (names.size() != 2) {
            throw new IllegalArgumentException(names.getFirst() + " needs one folder");
        }
        return Path.of(names.get(1));
    }
}
