package io.trunkline.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Conversation conversation = new Conversation();

    @Test
    void whoSpokeLastTellsWhoseTurnItIs() {
        assertThat(conversation.awaitsAnswer()).isFalse();
        conversation.add("user", "Hello?", "1");
        assertThat(conversation.awaitsAnswer()).isTrue();
        conversation.add("agent", "Good day.", "2");
        assertThat(conversation.awaitsAnswer()).isFalse();
    }

    @Test
    void wordsThatWereCutShortSayHowLongTheyWereHeard() {
        conversation.add("agent", "A long story.", "1");
        conversation.add("user", "Stop.", "2");
        conversation.cut("1", 700);

        assertThat(conversation.json())
                .isEqualTo(new JsonArray("[{\"role\":\"agent\",\"text\":\"A long story.\",\"interrupted\":true,"
                        + "\"heard_ms\":700},{\"role\":\"user\",\"text\":\"Stop.\"}]"));
    }

    @Test
    void theOldestIsForgottenAndTheLatestNever() {
        for (int i = 0; i < 150; i++) {
            conversation.add("user", "line " + i, "" + i);
        }
        assertThat(conversation.lines()).hasSize(100);
        assertThat(conversation.lines().getLast().text()).isEqualTo("line 149");

        conversation.add("user", "x".repeat(40_000), "long");
        assertThat(conversation.lines()).hasSize(1);
    }
}
