package io.trunkline.media.amd;

import static io.trunkline.media.amd.Sounds.joined;
import static io.trunkline.media.amd.Sounds.silence;
import static io.trunkline.media.amd.Sounds.tone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trunkline.media.AmdSpec;
import io.trunkline.media.AmdVerdict;
import io.trunkline.media.amd.synth.SpeechPrograms;
import io.trunkline.media.amd.synth.SpokenWords;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AftermathTest {
    private static final String GREETING =
            "Hello, you have reached the Baker family. We are not at home, so please leave your name and your number"
                    + " after the tone, and we will call you back.";

    private static short[] greeting = new short[0];
    private static short[] reply = new short[0];

    @BeforeAll
    static void speak() throws IOException {
        SpeechPrograms programs = SpeechPrograms.quick();
        assumeTrue(programs.usable(), "needs espeak-ng and flite");
        greeting = SpokenWords.of(programs, GREETING);
        reply = SpokenWords.of(programs, "Thanks. Please stay on the line.");
    }

    @Test
    void tellsWhereTheGreetingEndsAndWhenToSpeakAfterTheBeep() {
        int greetingEnds = 500 + greeting.length / 8;
        int beepStarts = greetingEnds + 700;
        Heard heard = Heard.of(joined(silence(500), greeting, silence(700), tone(500, 1000), silence(3000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.MACHINE);
        assertThat(heard.beeps).hasSize(1);
        Heard.Beep beep = heard.beeps.getFirst();
        assertThat(beep.onsetMs()).isBetween(beepStarts - 30L, beepStarts + 30L);
        assertThat(beep.hertz()).isBetween(990, 1010);
        assertThat(beep.lengthMs()).isBetween(460, 540);
        assertThat(beep.toldMs()).isBetween(beepStarts + 500L, beepStarts + 800L);
        assertThat(heard.greetingEnds).hasSize(1);
        assertThat(heard.greetingEnds.getFirst()).isBetween(greetingEnds - 250L, greetingEnds + 150L);
    }

    @Test
    void tellsTheGreetingsEndWithoutABeep() {
        Heard heard = Heard.of(joined(silence(500), greeting, silence(4000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.MACHINE);
        assertThat(heard.greetingEnds).hasSize(1);
        assertThat(heard.beeps).isEmpty();
    }

    @Test
    void takesWhoeverListensAndAnswersForAScreener() {
        Heard heard = Heard.of(joined(silence(500), greeting, silence(5000), reply, silence(2000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.MACHINE);
        assertThat(heard.overturned).containsExactly(AmdVerdict.SCREENER);
    }

    @Test
    void takesWhoeverRingsOnForAScreener() {
        short[] rings = Sounds.repeated(2, tone(2000, 440, 480), silence(4000));
        Heard heard = Heard.of(joined(silence(500), greeting, silence(3000), rings));

        assertThat(heard.overturned).containsExactly(AmdVerdict.SCREENER);
    }

    @Test
    void overturnsAHumanWhenABeepFollows() throws IOException {
        short[] hello = SpokenWords.of(SpeechPrograms.quick(), "Hello?");
        Heard heard = Heard.of(joined(silence(500), hello, silence(1900), tone(400, 1000), silence(2000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.HUMAN);
        assertThat(heard.overturned).containsExactly(AmdVerdict.MACHINE);
    }

    @Test
    void takesNoPressedKeyForABeep() throws IOException {
        short[] hello = SpokenWords.of(SpeechPrograms.quick(), "Hello?");
        Heard heard = Heard.of(joined(silence(500), hello, silence(1900), tone(110, 697, 1209), silence(2000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.HUMAN);
        assertThat(heard.beeps).isEmpty();
        assertThat(heard.overturned).isEmpty();
    }

    @Test
    void listensNoLongerThanABeepMayCome() throws IOException {
        short[] hello = SpokenWords.of(SpeechPrograms.quick(), "Hello?");

        assertThat(doneMs(joined(silence(500), hello, silence(30_000)))).isBetween(20_000L, 24_000L);
        assertThat(doneMs(joined(silence(500), greeting, silence(700), tone(500, 1000), silence(10_000))))
                .isBetween(greeting.length / 8 + 6000L, greeting.length / 8 + 8000L);
    }

    private static long doneMs(short[] samples) {
        Detector detector = new Detector(Model.shipped(), AmdSpec.DEFAULT, new Heard());
        int at = 0;
        while (at < samples.length && !detector.done()) {
            detector.feed(samples, at, Math.min(160, samples.length - at));
            at += 160;
        }
        return detector.done() ? at / 8 : Long.MAX_VALUE;
    }
}
