package io.trunkline.media.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.nio.NioIoHandler;
import io.trunkline.media.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaLoopTest {
    private final ManualClock clock = new ManualClock();
    private final MediaLoop loop = new MediaLoop(Thread.currentThread(), NioIoHandler.newFactory(), clock);

    @BeforeEach
    void passTheFirstSlot() {
        loop.step();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    /** Notes each of its turns. */
    private static class Member implements LoopMember {
        final List<Long> ticks = new ArrayList<>();
        final List<Long> atMillis = new ArrayList<>();
        int polls;
        Throwable failure = new Throwable();
        private final int tickMillis;

        Member(int tickMillis) {
            this.tickMillis = tickMillis;
        }

        @Override
        public int tickMillis() {
            return tickMillis;
        }

        @Override
        public void tick(long nowNanos, long tick) {
            ticks.add(tick);
            atMillis.add(nowNanos / 1_000_000);
        }

        @Override
        public void poll(long nowNanos) {
            polls++;
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
        }
    }

    private Member join(Member member) {
        loop.join(member);
        return member;
    }

    private void step(int millis) {
        for (int i = 0; i < millis; i++) {
            clock.advanceMillis(1);
            loop.step();
        }
    }

    @Test
    void everyMemberHasItsTurnEveryTwentyMilliseconds() {
        Member member = join(new Member(20));
        step(1000);
        assertThat(member.ticks).hasSize(50);
        for (int i = 1; i < 50; i++) {
            assertThat(member.atMillis.get(i) - member.atMillis.get(i - 1)).isEqualTo(20);
            assertThat(member.ticks.get(i) - member.ticks.get(i - 1)).isEqualTo(1);
        }
    }

    @Test
    void membersWithShortTicksHaveTwiceAsMany() {
        Member member = join(new Member(10));
        step(1000);
        assertThat(member.ticks).hasSize(100);
        assertThat(member.ticks.getLast() - member.ticks.getFirst()).isEqualTo(99);
    }

    @Test
    void newMembersGoWhereThereIsMostRoom() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            members.add(join(new Member(20)));
        }
        step(20);
        assertThat(members.stream().map(member -> member.atMillis.getFirst()).distinct())
                .hasSize(20);
    }

    @Test
    void lateByLessThanALapEveryMemberStillHasItsTurn() {
        Member member = join(new Member(20));
        step(100);
        member.ticks.clear();
        clock.advanceMillis(19);
        loop.step();
        step(21);
        assertThat(member.ticks).hasSize(2);
        loop.stats().publish(1);
        assertThat(loop.stats().published().skippedTicks()).isZero();
    }

    @Test
    void aLongStallIsSkippedAndCountedAndNeverABurst() {
        Member member = join(new Member(20));
        step(100);
        member.ticks.clear();
        clock.advanceMillis(10_000);
        loop.step();
        assertThat(member.ticks).hasSize(1);
        loop.stats().publish(1);
        assertThat(loop.stats().published().skippedTicks()).isEqualTo(499);
        assertThat(loop.stats().published().latenessMaxMicros()).isGreaterThan(10_000);
    }

    @Test
    void aMemberThatThrowsLeavesAndTheOthersGoOn() {
        Member good = join(new Member(20));
        Member bad = new Member(20) {
            @Override
            public void tick(long nowNanos, long tick) {
                throw new StackOverflowError("deep");
            }
        };
        loop.join(bad);
        step(200);
        assertThat(bad.failure).isInstanceOf(StackOverflowError.class);
        assertThat(good.ticks).hasSize(10);
        loop.stats().publish(1);
        assertThat(loop.stats().published().failures()).isEqualTo(1);
    }

    @Test
    void aPolledMemberIsReadEveryMillisecond() {
        Member member = join(new Member(20));
        loop.pollEverySlot(member, true);
        step(50);
        assertThat(member.polls).isEqualTo(50);
        loop.pollEverySlot(member, false);
        step(50);
        assertThat(member.polls).isEqualTo(50);
    }

    @Test
    void commandsRunInOrderInTheNextSlot() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        step(1);
        assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
