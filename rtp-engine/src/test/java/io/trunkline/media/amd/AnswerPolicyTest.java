package io.trunkline.media.amd;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.amd.AnswerPolicy.Call;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerPolicyTest {
    private final AnswerPolicy usual = policy(0.95);

    @Test
    void aPersonIsConcludedFromASecondOfSilenceAfterAWordButNotAfterASentence() {
        assertThat(usual.decide(0.05, 0, 600, 400, 1000)).isEqualTo(Call.HUMAN);
        assertThat(usual.decide(0.05, 0, 200, 400, 600)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.05, 0, 620, 1500, 2120)).isEqualTo(Call.OPEN);
    }

    @Test
    void lessAndLessIsAskedOfAPersonAsTheSilenceGrows() {
        assertThat(usual.decide(0.4, 0, 500, 400, 900)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.4, 0, 1200, 400, 1600)).isEqualTo(Call.HUMAN);
    }

    @Test
    void onlyAMachineIsConcludedWhileSpeechGoesOn() {
        assertThat(usual.decide(0.001, 0, 0, 1200, 1200)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.97, 0, 0, 1200, 1200)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.97, 0, 0, 3000, 3000)).isEqualTo(Call.MACHINE);
        assertThat(usual.decide(0.7, 0, 0, 5000, 5000)).isEqualTo(Call.MACHINE);
    }

    @Test
    void aStricterCallerWaitsForMoreCertainty() {
        assertThat(usual.decide(0.97, 0, 0, 3000, 3000)).isEqualTo(Call.MACHINE);
        assertThat(policy(0.99).decide(0.97, 0, 0, 3000, 3000)).isEqualTo(Call.OPEN);
        assertThat(policy(0.7).decide(0.8, 0, 0, 3000, 3000)).isEqualTo(Call.MACHINE);
    }

    @Test
    void noCallerIsLaxEnoughToCallAMachineWhatIsMoreLikelyAPerson() {
        assertThat(policy(0.5).decide(0.45, 0, 0, 3000, 3000)).isEqualTo(Call.OPEN);
    }

    @Test
    void somethingIsSaidWhenTheTimeIsUp() {
        AnswerPolicy soon = new AnswerPolicy(PolicyFigures.start(), new AmdSpec(0.95, Duration.ofMillis(1500), false));
        assertThat(soon.decide(0.5, 0, 0, 1500, 1500)).isEqualTo(Call.HUMAN);
        assertThat(soon.decide(0.8, 0, 0, 1500, 1500)).isEqualTo(Call.MACHINE);
    }

    @Test
    void whoSpokeForLongIsGivenTimeToBreatheAndIsAMachineFromLowerOddsAtLast() {
        assertThat(usual.decide(0.02, 0, 1000, 2600, 3600)).isEqualTo(Call.HUMAN);
        assertThat(usual.decide(0.02, 0, 1000, 3400, 4400)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.02, 0, 1400, 3400, 4800)).isEqualTo(Call.HUMAN);
        assertThat(usual.decide(0.6, 0, 2000, 1500, 3500)).isEqualTo(Call.HUMAN);
        assertThat(usual.decide(0.6, 0, 2000, 3600, 5600)).isEqualTo(Call.MACHINE);
    }

    @Test
    void whoSoundedLikeAMachineIsGivenLongerToGoOn() {
        assertThat(usual.decide(0.01, 0.75, 600, 2000, 2600)).isEqualTo(Call.HUMAN);
        assertThat(usual.decide(0.01, 0.85, 600, 2000, 2600)).isEqualTo(Call.OPEN);
        assertThat(usual.decide(0.01, 0.85, 900, 2000, 2900)).isEqualTo(Call.HUMAN);
    }

    @Test
    void suspicionComesFromSpeechAloneAndNotFromTheFirstWords() {
        Suspicion suspicion = new Suspicion();
        suspicion.note(0.9, 0, 1000);
        suspicion.note(0.8, 300, 2000);
        assertThat(suspicion.most()).isZero();
        suspicion.note(0.7, 50, 2000);
        suspicion.note(0.1, 800, 2800);
        assertThat(suspicion.most()).isEqualTo(0.7);
    }

    @Test
    void itsFiguresAreReadAsTheyWereWritten() throws IOException {
        PolicyFigures figures =
                PolicyFigures.start().with(PolicyFigure.WORD_MS, 700).with(PolicyFigure.AT_LAST, 9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        figures.write(new DataOutputStream(bytes));
        PolicyFigures read = PolicyFigures.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read.at(PolicyFigure.WORD_MS)).isEqualTo(700);
        assertThat(read.at(PolicyFigure.AT_LAST)).isEqualTo(PolicyFigure.AT_LAST.most());
    }

    private static AnswerPolicy policy(double threshold) {
        return new AnswerPolicy(PolicyFigures.start(), new AmdSpec(threshold, Duration.ofSeconds(6), false));
    }
}
