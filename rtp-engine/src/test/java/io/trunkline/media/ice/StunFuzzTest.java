package io.trunkline.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Whatever comes from the network is a message or it is none; nothing throws, nothing is answered unsigned. */
class StunFuzzTest {
    private static final InetSocketAddress FROM = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 2000);

    @FuzzTest
    void anyDatagramIsReadOrDropped(byte[] datagram) {
        StunMessage.parse(ByteBuffer.wrap(datagram));
    }

    @Test
    void aMessageChangedInAnyByteIsNotThePeers() throws Exception {
        IceCredentials keys = IceCredentials.random();
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys.key(), "HmacSHA1"));
        byte[] good = bytes(new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
                .username(keys.ufrag() + ":peer")
                .priority(5)
                .role(true, 7)
                .sign(mac));
        int[] answers = new int[1];
        IceAgent agent = new IceAgent(keys, true, (message, to) -> answers[0]++);
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = good.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(agent.onStun(ByteBuffer.wrap(changed), FROM, 0))
                        .as("byte %d", at)
                        .isFalse();
            }
        }
        assertThat(answers[0]).isZero();
        assertThat(agent.onStun(ByteBuffer.wrap(good), FROM, 0)).isTrue();
        assertThat(answers[0]).isEqualTo(1);
    }

    @Test
    void garbageThatLooksLikeStunIsDropped() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[20 + random.nextInt(20) * 4];
            random.nextBytes(bytes);
            bytes[0] = 0;
            bytes[1] = 1;
            ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - 20)).putInt(4, StunMessage.COOKIE);
            assertThat(StunMessage.parse(ByteBuffer.wrap(bytes))).isNull();
        }
    }

    private static byte[] bytes(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }
}
