package io.trunkline.media.amd.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    @Test
    void textsThatDifferInNamesAndNumbersAreOne() {
        assertThat(Groups.text("You have reached Ann Lee at five five two."))
                .isEqualTo(Groups.text("You have reached Bob Hill at nine one."));
        assertThat(Groups.text("You have reached Ann.")).isNotEqualTo(Groups.text("You have called Ann."));
    }

    @Test
    void aVoiceIsTheSameAtAnySpeed() {
        assertThat(Groups.voice("flite/slt s1.1 p150")).isEqualTo(Groups.voice("flite/slt s0.9 p0"));
    }

    @Test
    void recordingsAreGroupedByWhoSpeaksAndWhatIsSaid() {
        assertThat(Groups.speaker("fsdd/4_george_37.wav")).isEqualTo("george");
        assertThat(Groups.words(List.of("wwb/computer__9ded-38a9.wav"))).isEqualTo("computer");
    }
}
