package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.AmdVerdict;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayReportTest {
    private final ReplayReport report = new ReplayReport(0.95);

    @Test
    void namesTheCallsThatWouldBeToldWrongly() {
        report.add(call("call_a", AmdVerdict.HUMAN, AmdVerdict.MACHINE, AmdVerdict.MACHINE));
        report.add(call("call_b", AmdVerdict.MACHINE, AmdVerdict.MACHINE, AmdVerdict.MACHINE));
        assertThat(report.text())
                .contains("trunk t: 2 labelled calls, 1 told rightly then, 1 now; people called machines: 1 now")
                .contains("call_a is human, now called machine")
                .doesNotContain("call_b");
    }

    @Test
    void advisesTheThresholdThatLosesFewerPeople() {
        for (int i = 0; i < 25; i++) {
            report.add(call(
                    "call_" + i, AmdVerdict.HUMAN, i < 5 ? AmdVerdict.MACHINE : AmdVerdict.HUMAN, AmdVerdict.HUMAN));
        }
        assertThat(report.text())
                .contains("advice: threshold 0.98, which tells 25 rightly and calls 0 people machines");
    }

    @Test
    void keepsTheThresholdThatNothingBeats() {
        for (int i = 0; i < 25; i++) {
            report.add(call("call_" + i, AmdVerdict.MACHINE, AmdVerdict.MACHINE, AmdVerdict.MACHINE));
        }
        assertThat(report.text()).contains("advice: keep threshold 0.95");
    }

    @Test
    void advisesNothingOnAFewCalls() {
        report.add(call("call_a", AmdVerdict.SCREENER, AmdVerdict.MACHINE, AmdVerdict.MACHINE));
        assertThat(report.text()).contains("1 now").contains("label at least 20 calls");
    }

    @Test
    void saysSoWhenThereIsNothingToReplay() {
        assertThat(report.text()).isEqualTo("No stored call has both a label and a recording.\n");
    }

    private static ReplayedCall call(String id, AmdVerdict label, AmdVerdict lax, AmdVerdict strict) {
        Map<Double, AmdVerdict> now = new TreeMap<>();
        ReplayReport.TRIED.forEach(threshold -> now.put(threshold, threshold > 0.95 ? strict : lax));
        return new ReplayedCall(id, "t", label, lax.name().toLowerCase(Locale.ROOT), now);
    }
}
