package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our GCM against the JDK's, for every length that a packet may have. */
class GcmCipherTest {
    private static final int HEADER = 12;
    private static final int TAG = 16;

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void packetsOfAllLengthsAreThoseOfTheJdk(int keyBytes) throws Exception {
        Random random = new Random(7);
        byte[] key = bytes(random, keyBytes);
        byte[] salt = new byte[12]; // the nonce is the index and the SSRC alone
        GcmCipher ours = new GcmCipher(key, salt, key, salt);
        for (int length = HEADER; length < 400; length++) {
            byte[] packet = Arrays.copyOf(bytes(random, length), length + TAG);
            byte[] plain = packet.clone();
            int ssrc = random.nextInt();
            long index = random.nextLong(1L << 48);

            assertThat(ours.seal(packet, HEADER, length, ssrc, index)).isEqualTo(length + TAG);

            assertThat(packet).as("%d bytes", length).isEqualTo(jdk(key, plain, length, ssrc, index));
            assertThat(ours.open(packet, HEADER, length + TAG, ssrc, index)).isEqualTo(length);
            assertThat(Arrays.copyOf(packet, length)).isEqualTo(Arrays.copyOf(plain, length));
        }
    }

    private static byte[] jdk(byte[] key, byte[] packet, int length, int ssrc, long index) throws Exception {
        byte[] iv = ByteBuffer.allocate(12)
                .putShort((short) 0)
                .putInt(ssrc)
                .putShort((short) (index >> 32))
                .putInt((int) index)
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, iv));
        cipher.updateAAD(packet, 0, HEADER);
        byte[] sealed = Arrays.copyOf(packet, packet.length);
        cipher.doFinal(packet, HEADER, length - HEADER, sealed, HEADER);
        return sealed;
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
