package io.trunkline.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.call.AgentSpec;
import io.trunkline.control.call.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final AgentSpec SPEC = new AgentSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of("+15550100006"),
            true,
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty());

    @Test
    void plainTextIsSpokenAsItIs() {
        assertThat(Reply.of("  Good day.\n", SPEC))
                .isEqualTo(new Reply("Good day.", Optional.empty(), Optional.empty()));
    }

    @Test
    void jsonMayHangUpPressKeysOrTransferAfterItsWords() {
        assertThat(Reply.of("{\"text\":\"Bye.\",\"hang_up\":true}", SPEC))
                .isEqualTo(new Reply("Bye.", Optional.of(new Verb.Hangup()), Optional.empty()));
        assertThat(Reply.of("{\"send_dtmf\":\"12#\"}", SPEC).then()).contains(new Verb.SendDigits("12#"));
        assertThat(Reply.of("{\"transfer\":\"+15550100006\"}", SPEC).then())
                .get()
                .isInstanceOfSatisfying(
                        Verb.Transfer.class,
                        transfer -> assertThat(transfer.target()).isEqualTo("+15550100006"));
    }

    @Test
    void whatItMayNotIsRefusedAndItsWordsAreSaidAllTheSame() {
        for (String wish : List.of("\"transfer\":\"+900123\"", "\"send_dtmf\":\"rm -rf\"")) {
            Reply reply = Reply.of("{\"text\":\"One moment.\"," + wish + "}", SPEC);
            assertThat(reply.text()).isEqualTo("One moment.");
            assertThat(reply.then()).isEmpty();
            assertThat(reply.refused()).isPresent();
        }
    }

    @Test
    void nonsenseIsSilenceAndALongStoryIsCut() {
        assertThat(Reply.of("{\"text\":5", SPEC).text()).isEmpty();
        assertThat(Reply.of("{\"text\":[],\"hang_up\":\"yes\"}", SPEC).then()).isEmpty();
        assertThat(Reply.of("x".repeat(50_000), SPEC).text()).hasSize(4096);
    }
}
