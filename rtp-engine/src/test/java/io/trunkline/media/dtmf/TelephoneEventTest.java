package io.trunkline.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelephoneEventTest {
    private static final int PTIME = 20;

    /** An event packet on its way. */
    private record Packet(long atMs, int timestamp, boolean marker, int event, boolean end, int duration) {
        static Packet of(long atMs, int timestamp, boolean marker, byte[] payload) {
            int duration = (payload[2] & 0xFF) << 8 | (payload[3] & 0xFF);
            return new Packet(atMs, timestamp, marker, payload[0], payload[1] < 0, duration);
        }

        Packet later(long ms) {
            return new Packet(atMs + ms, timestamp, marker, event, end, duration);
        }

        Packet at(int otherTimestamp, boolean otherMarker) {
            return new Packet(atMs, otherTimestamp, otherMarker, event, end, duration);
        }

        byte[] payload() {
            return new byte[] {(byte) event, (byte) (end ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration};
        }
    }

    private final List<String> heard = new ArrayList<>();

    private static List<Packet> send(String digits, int clock) {
        TelephoneEventSender sender = new TelephoneEventSender(clock, PTIME, 100, 60);
        assertThat(sender.enqueue(digits)).isTrue();
        List<Packet> packets = new ArrayList<>();
        byte[] out = new byte[TelephoneEventSender.PAYLOAD];
        // the timestamp begins just before it wraps
        int timestamp = -3 * 160;
        for (long now = 0; !sender.isIdle(); now += PTIME, timestamp += clock * PTIME / 1000) {
            if (sender.next(timestamp, out, 0)) {
                packets.add(Packet.of(now, sender.timestamp(), sender.marker(), out));
            }
        }
        return packets;
    }

    private void receive(List<Packet> packets, int clock) {
        TelephoneEventReceiver receiver =
                new TelephoneEventReceiver(clock, (digit, durationMs) -> heard.add(digit + " " + durationMs));
        long end = packets.isEmpty() ? 0 : packets.getLast().atMs + 1000;
        for (long now = 0; now <= end; now += PTIME) {
            for (Packet packet : packets) {
                if (packet.atMs == now) {
                    receiver.onPacket(packet.payload(), 0, 4, packet.marker, packet.timestamp, now);
                }
            }
            receiver.onTick(now);
        }
    }

    @Test
    void aPressIsOneFrozenTimestampAGrowingDurationAndThreeEnds() {
        List<Packet> packets = send("5", 8000);

        assertThat(packets).extracting(Packet::duration).containsExactly(160, 320, 480, 640, 800, 800, 800);
        assertThat(packets).extracting(Packet::end).containsExactly(false, false, false, false, true, true, true);
        assertThat(packets).extracting(Packet::marker).containsExactly(true, false, false, false, false, false, false);
        assertThat(packets).extracting(Packet::timestamp).containsOnly(-480);
    }

    @Test
    void digitsArePlayedInOrderWithTheirGapAndPauses() {
        List<Packet> packets = send("1w2", 8000);
        List<Packet> starts = packets.stream().filter(Packet::marker).toList();

        assertThat(starts).hasSize(2);
        assertThat(starts.get(1).atMs - starts.get(0).atMs).isBetween(700L, 740L);
    }

    @ParameterizedTest
    @CsvSource({"8000", "48000"})
    void everyDigitArrivesOnceOverBothClocks(int clock) {
        receive(send("0123456789*#ABCD5555", clock), clock);

        assertThat(heard).hasSize(20).allMatch(press -> press.endsWith(" 100"));
        assertThat(heard.stream().map(press -> press.substring(0, 1)).toList())
                .isEqualTo(List.of("0123456789*#ABCD5555".split("", 20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void lossDuplicationAndReorderingNeverLoseOrDoubleAPress(int seed) {
        Random random = new Random(seed);
        List<Packet> survivors = new ArrayList<>();
        for (Packet packet : send("1122334455#", 8000)) {
            // no press loses all its packets, and none is more than 40 ms late
            if (packet.duration() == 320 || random.nextInt(100) < 60) {
                survivors.add(packet);
            }
            if (random.nextInt(100) < 40) {
                survivors.add(packet.later(20L * random.nextInt(3)));
            }
        }
        receive(survivors, 8000);

        assertThat(heard.stream().map(press -> press.substring(0, 1)).toList())
                .containsExactly("1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "#");
    }

    @Test
    void withoutMarkersAndWithoutEndsEachPressStillCountsOnce() {
        receive(
                send("778", 8000).stream()
                        .filter(packet -> !packet.end())
                        .map(p -> p.at(p.timestamp, false))
                        .toList(),
                8000);

        assertThat(heard).containsExactly("7 80", "7 80", "8 80");
    }

    @Test
    void anEndAloneIsAPress() {
        receive(send("9", 8000).stream().filter(Packet::end).toList(), 8000);

        assertThat(heard).containsExactly("9 100");
    }

    @Test
    void aSenderWhoseTimestampRunsOnIsOnePress() {
        List<Packet> running = send("4", 8000).stream()
                .map(p -> p.at(p.timestamp + p.duration() - 160, p.marker))
                .toList();
        receive(running, 8000);

        assertThat(heard).containsExactly("4 100");
    }

    @Test
    void aPressLongerThanASegmentIsOnePress() {
        List<Packet> packets = new ArrayList<>();
        for (int ms = 20; ms <= 12_000; ms += 20) {
            int units = ms * 8;
            int segment = (units - 1) / 0xFFFF;
            int within = units - segment * 0xFFFF;
            packets.add(new Packet(ms, 1000 + segment * 0xFFFF, ms == 20, 6, ms == 12_000, within));
        }
        receive(packets, 8000);

        assertThat(heard).containsExactly("6 12000");
    }

    @Test
    void aQueueTakesAllOfItsDigitsOrNone() {
        TelephoneEventSender sender = new TelephoneEventSender(8000, PTIME, 100, 60);

        assertThat(sender.enqueue("12x")).isFalse();
        assertThat(sender.enqueue("1".repeat(257))).isFalse();
        assertThat(sender.isIdle()).isTrue();
        assertThat(sender.enqueue("1".repeat(256))).isTrue();
        assertThat(sender.enqueue("1")).isFalse();
    }
}
