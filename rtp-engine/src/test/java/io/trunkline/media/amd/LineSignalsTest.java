package io.trunkline.media.amd;

import static io.trunkline.media.amd.Sounds.joined;
import static io.trunkline.media.amd.Sounds.repeated;
import static io.trunkline.media.amd.Sounds.silence;
import static io.trunkline.media.amd.Sounds.tone;
import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AmdVerdict;
import org.junit.jupiter.api.Test;

class LineSignalsTest {
    @Test
    void knowsAFaxByItsAnswerTone() {
        Heard heard = Heard.of(joined(silence(500), tone(3000, 2100)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.FAX);
        assertThat(heard.reason).contains("2100 Hz");
        assertThat(heard.decidedMs).isLessThan(1500);
    }

    @Test
    void knowsACallingFax() {
        Heard heard = Heard.of(joined(silence(700), repeated(3, tone(500, 1100), silence(3000))));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.FAX);
    }

    @Test
    void knowsAModemByItsFlags() {
        assertThat(Heard.of(joined(silence(700), flags(4000))).verdicts).containsExactly(AmdVerdict.FAX);
    }

    @Test
    void knowsBusyAndSaysSo() {
        Heard heard = Heard.of(joined(silence(300), repeated(8, tone(500, 480, 620), silence(500))));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.TONE);
        assertThat(heard.reason).contains("busy");
    }

    @Test
    void knowsReorder() {
        Heard heard = Heard.of(joined(silence(300), repeated(16, tone(250, 425), silence(250))));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.TONE);
        assertThat(heard.reason).contains("reorder");
    }

    @Test
    void knowsThatTheNetworkAnnouncesAFailure() {
        Heard heard = Heard.of(joined(silence(300), tone(330, 914), tone(330, 1371), tone(330, 1777), silence(3000)));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.TONE);
        assertThat(heard.reason).contains("special information");
    }

    @Test
    void waitsForASecondRingBeforeItCallsRingbackATone() {
        Heard heard = Heard.of(joined(silence(300), repeated(3, tone(2000, 440, 480), silence(4000))));

        assertThat(heard.verdicts).containsExactly(AmdVerdict.TONE);
        assertThat(heard.reason).contains("ringback");
        assertThat(heard.decidedMs).isGreaterThan(6000);
    }

    @Test
    void knowsASteadyTone() {
        assertThat(Heard.of(joined(silence(300), tone(8000, 1004))).verdicts).containsExactly(AmdVerdict.TONE);
    }

    private static short[] flags(int ms) {
        int[] flag = {0, 1, 1, 1, 1, 1, 1, 0};
        short[] out = new short[ms * 8];
        double phase = 0;
        for (int i = 0; i < out.length; i++) {
            phase += 2 * Math.PI * (flag[i * 300 / 8000 % 8] == 1 ? 1650 : 1850) / 8000;
            out[i] = (short) (6000 * Math.sin(phase));
        }
        return out;
    }
}
