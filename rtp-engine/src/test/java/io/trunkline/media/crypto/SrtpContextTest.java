package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.net.PacketGuard;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpContextTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAYLOAD = 160;

    private static SrtpGuard guard(MasterKey out, MasterKey in) {
        return SrtpGuard.of(out, in, null);
    }

    private static ByteBuffer packet(int sequence, int ssrc) {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        packet.put((byte) 0x80)
                .put((byte) 8)
                .putShort((short) sequence)
                .putInt(sequence * 160)
                .putInt(ssrc);
        for (int i = 0; i < PAYLOAD; i++) {
            packet.put((byte) sequence);
        }
        return packet.flip();
    }

    private static ByteBuffer copy(ByteBuffer packet) {
        return ByteBuffer.allocateDirect(2048).put(packet.duplicate()).flip();
    }

    @ParameterizedTest
    @EnumSource
    void everySuiteRoundTripsPacketsAndReports(SrtpSuite suite) {
        MasterKey a = MasterKey.random(suite, RANDOM);
        MasterKey b = MasterKey.random(suite, RANDOM);
        SrtpGuard here = guard(a, b);
        SrtpGuard there = guard(b, a);
        for (int i = 0; i < 100; i++) {
            ByteBuffer packet = packet(i, 7);
            assertThat(here.seal(packet)).isTrue();
            assertThat(packet).isNotEqualTo(packet(i, 7));
            assertThat(there.open(packet)).isTrue();
            assertThat(packet).isEqualTo(packet(i, 7));
            ByteBuffer report = packet(i, 7);
            assertThat(there.sealReport(report)).isTrue();
            assertThat(here.openReport(report)).isTrue();
            assertThat(report).isEqualTo(packet(i, 7));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedBitOrAnotherKeyIsRefusedAndCounted(SrtpSuite suite) {
        MasterKey a = MasterKey.random(suite, RANDOM);
        SrtpGuard there = guard(a, a);
        ByteBuffer changed = packet(1, 7);
        guard(a, a).seal(changed);
        changed.put(40, (byte) (changed.get(40) ^ 1));
        ByteBuffer strange = packet(1, 7);
        MasterKey b = MasterKey.random(suite, RANDOM);
        guard(b, b).seal(strange);

        assertThat(there.open(changed)).isFalse();
        assertThat(there.open(strange)).isFalse();
        assertThat(there.forged()).isEqualTo(2);
        assertThat(there.opened()).isZero();
    }

    @Test
    void aPacketThatComesAgainIsRefusedAndAReorderedOneTaken() {
        MasterKey key = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpGuard here = guard(key, key);
        SrtpGuard there = guard(key, key);
        ByteBuffer first = packet(1, 7);
        ByteBuffer second = packet(2, 7);
        here.seal(first);
        here.seal(second);
        ByteBuffer again = copy(second);

        assertThat(there.open(second)).isTrue();
        assertThat(there.open(first)).isTrue();
        assertThat(there.open(again)).isFalse();
        assertThat(there.replayed()).isEqualTo(1);
    }

    @Test
    void theCountersRollOverWithLossAroundTheEdge() {
        MasterKey key = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, RANDOM);
        SrtpGuard here = guard(key, key);
        SrtpGuard there = guard(key, key);
        int taken = 0;
        for (int i = 65_000; i < 200_000; i++) {
            ByteBuffer packet = packet(i, 7);
            assertThat(here.seal(packet)).isTrue();
            if (i % 10 != 0 && i % 65_536 > 40) {
                taken++;
                assertThat(there.open(packet)).as("packet %d", i).isTrue();
            }
        }
        assertThat(there.opened()).isEqualTo(taken);
    }

    @Test
    void aReofferWithTheSameKeysGoesOnWhereTheStreamWas() {
        MasterKey key = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpGuard here = guard(key, key);
        PacketGuard there = guard(key, key);
        ByteBuffer first = null;
        for (int i = 65_500; i < 65_600; i++) {
            ByteBuffer packet = packet(i, 7);
            here.seal(packet);
            first = first == null ? copy(packet) : first;
            there.open(packet);
        }
        PacketGuard after = SrtpGuard.of(key, key, there);
        ByteBuffer next = packet(65_600, 7);
        here.seal(next);

        assertThat(after.open(next)).as("the roll-over counter is kept").isTrue();
        assertThat(after.open(java.util.Objects.requireNonNull(first)))
                .as("so is the replay window")
                .isFalse();
    }

    @Test
    void anotherKeyOfThePeerGoesOnWithTheRollOverCounterOrBeginsAnew() {
        for (boolean keeps : new boolean[] {true, false}) {
            MasterKey old = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
            MasterKey fresh = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
            SrtpContext sender = new SrtpContext(old);
            PacketGuard there = guard(old, old);
            for (int i = 65_500; i < 65_600; i++) {
                there.open(sealed(sender, i));
            }
            SrtpContext renewed = new SrtpContext(fresh);
            if (keeps) {
                sealed(renewed, 65_500);
                sealed(renewed, 65_540);
            }
            PacketGuard after = SrtpGuard.of(old, fresh, there);

            assertThat(after.open(sealed(renewed, 65_600))).isTrue();
            assertThat(after.open(sealed(renewed, 65_601))).isTrue();
        }
    }

    private static ByteBuffer sealed(SrtpContext context, int sequence) {
        ByteBuffer packet = packet(sequence, 7);
        byte[] bytes = new byte[400];
        packet.get(0, bytes, 0, packet.remaining());
        int length = context.seal(bytes, packet.remaining());
        return ByteBuffer.allocateDirect(2048).put(bytes, 0, length).flip();
    }

    /** Two packets under one number would give away what both say. */
    @Test
    void aNumberIsNeverUsedTwice() {
        MasterKey key = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpGuard here = guard(key, key);

        assertThat(here.seal(packet(5, 7))).isTrue();
        assertThat(here.seal(packet(4, 7))).as("late, but not used yet").isTrue();
        assertThat(here.seal(packet(5, 7))).isFalse();
        assertThat(here.seal(packet(4, 7))).isFalse();
    }

    @Test
    void garbageOfAnyLengthIsRefused() {
        MasterKey key = MasterKey.random(SrtpSuite.AEAD_AES_128_GCM, RANDOM);
        SrtpGuard gcm = guard(key, key);
        MasterKey other = MasterKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, RANDOM);
        SrtpGuard counter = guard(other, other);
        for (int length = 0; length <= 2048; length += 1 + length / 64) {
            byte[] bytes = new byte[length];
            RANDOM.nextBytes(bytes);
            for (SrtpGuard guard : new SrtpGuard[] {gcm, counter}) {
                assertThat(guard.open(ByteBuffer.wrap(bytes))).isFalse();
                assertThat(guard.openReport(ByteBuffer.wrap(bytes))).isFalse();
            }
        }
    }
}
