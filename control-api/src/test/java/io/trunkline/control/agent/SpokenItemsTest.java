package io.trunkline.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpokenItemsTest {
    private final SpokenItems items = new SpokenItems(8000);

    @Test
    void anInterruptionCutsTheItemThatIsBeingHeardAndAllBehindIt() {
        items.queued("a", 0, 8000);
        items.queued("b", 0, 4000);
        items.queued("b", 0, 12_000);
        items.queued("c", 1, 8000);

        assertThat(items.cutAt(1500)).containsExactly(new SpokenItems.Cut("b", 0, 500), new SpokenItems.Cut("c", 1, 0));
    }

    @Test
    void aCutIsToldOnce() {
        items.queued("a", 0, 8000);
        items.cutAt(400);

        assertThat(items.cutAt(400)).isEmpty();
    }

    @Test
    void whatComesAfterAnInterruptionLiesBehindItOnTheLine() {
        items.queued("a", 0, 16_000);
        items.interrupt();
        items.cutAt(500);
        assertThat(items.wants("a")).isFalse();
        assertThat(items.wants("b")).isTrue();

        items.queued("b", 0, 8000);
        assertThat(items.cutAt(2300)).containsExactly(new SpokenItems.Cut("b", 0, 300));
    }

    @Test
    void whatNeverReachedTheQueueIsNotOnTheLine() {
        items.queued("a", 0, 16_000);
        items.withdrawn(8000);
        items.queued("b", 0, 8000);

        assertThat(items.cutAt(1250)).contains(new SpokenItems.Cut("b", 0, 250));
    }

    @Test
    void whatWasHeardWholeIsNotCut() {
        items.queued("a", 0, 8000);

        assertThat(items.cutAt(1000)).isEmpty();
    }

    @Test
    void itemsOfAServerThatIsGoneAreNeverCut() {
        items.queued("a", 0, 8000);
        items.forget();
        items.queued("b", 0, 8000);

        assertThat(items.cutAt(500)).containsExactly(new SpokenItems.Cut("b", 0, 0));
        assertThat(items.wants("a")).isFalse();
    }
}
