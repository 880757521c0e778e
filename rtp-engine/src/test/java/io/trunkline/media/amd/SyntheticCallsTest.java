package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.synth.SpeechPrograms;
import io.trunkline.media.amd.synth.SyntheticCorpus;
import io.trunkline.media.amd.train.BeepScore;
import io.trunkline.media.amd.train.Corpus;
import io.trunkline.media.amd.train.Outcome;
import io.trunkline.media.amd.train.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small corpus made on the spot, so that any clone can check the shipped model. The seed is not one of training's. */
class SyntheticCallsTest {
    private static final int CALLS = 60;
    private static final long SEED = 977;

    @TempDir
    static Path folder;

    private static List<Outcome> outcomes = List.of();

    @BeforeAll
    static void callEverybody() throws IOException {
        SpeechPrograms programs = SpeechPrograms.quick();
        assumeTrue(programs.usable(), "needs espeak-ng and flite");
        SyntheticCorpus.write(folder, programs, CALLS, SEED);
        Model model = Model.shipped();
        List<Outcome> all = new ArrayList<>();
        for (Corpus.Sound sound : Corpus.load(folder).sounds()) {
            all.add(new Outcome(sound.clip(), Result.of(sound.samples(), model, AmdSpec.DEFAULT)));
        }
        outcomes = all;
    }

    @Test
    void tellsPeopleFromMachines() {
        Score score = new Score(outcomes);

        assertThat(score.humanMachineAccuracy()).as(score.table()).isGreaterThan(85);
        // one in six of these people speaks for four seconds and longer, as few do
        assertThat(score.humanCalledMachine()).isLessThan(15);
    }

    @Test
    void doesNotKeepPeopleWaiting() {
        Score score = new Score(outcomes);

        assertThat(score.humanAfterTurnMs(50)).as(score.table()).isBetween(300L, 1600L);
    }

    @Test
    void findsTheBeeps() {
        BeepScore beeps = new BeepScore(outcomes);

        assertThat(beeps.recall()).isGreaterThan(90);
        assertThat(beeps.precision()).isGreaterThan(90);
    }

    @Test
    void knowsFaxesTonesAndSilence() {
        List<Outcome> others = outcomes.stream()
                .filter(o -> o.clip().label() != AmdVerdict.HUMAN && o.clip().label() != AmdVerdict.MACHINE)
                .toList();

        assertThat(others).isNotEmpty();
        assertThat(others)
                .filteredOn(o -> o.verdict() == o.clip().label())
                .hasSizeGreaterThanOrEqualTo(others.size() - 1);
    }
}
