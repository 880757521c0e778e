package io.trunkline.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.crypto.KeyDerivation.Use;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the RFCs and the reference implementation say comes out. */
class SrtpVectorsTest {
    private static final MasterKey RFC_3711 = new MasterKey(
            SrtpSuite.AES_CM_128_HMAC_SHA1_80,
            hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
            hex("0EC675AD498AFEEBB6960B3AABE6"));

    @Test
    void counterModeGivesTheKeystreamOfRfc3711AppendixB2() {
        byte[] iv = hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000");
        byte[] stream = new byte[48];
        new AesBlocks(hex("2B7E151628AED2A6ABF7158809CF4F3C")).xor(iv, stream, 0, stream.length);

        assertThat(text(stream))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
    }

    @Test
    void sessionKeysAreThoseOfRfc3711AppendixB3() {
        KeyDerivation keys = new KeyDerivation(RFC_3711);

        assertThat(text(keys.derive(Use.RTP_CIPHER, 16))).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(text(keys.derive(Use.RTP_SALT, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(text(keys.derive(Use.RTP_AUTHENTICATION, 94)))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2");
    }

    @Test
    void longSessionKeysAreThoseOfRfc6188Section7() {
        KeyDerivation keys = new KeyDerivation(new MasterKey(
                SrtpSuite.AES_256_CM_HMAC_SHA1_80,
                hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
                hex("3b04803de51ee7c96423ab5b78d2")));

        assertThat(text(keys.derive(Use.RTP_CIPHER, 32)))
                .isEqualTo("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4");
        assertThat(text(keys.derive(Use.RTP_SALT, 14))).isEqualTo("fa31791685ca444a9e07c6c64e93");
    }

    @Test
    void aPacketIsSealedAsTheReferenceImplementationDoes() {
        byte[] packet = room("800f1234decafbadcafebabe" + "ab".repeat(16));
        int length = new SrtpContext(RFC_3711).seal(packet, 28);

        assertThat(text(Arrays.copyOf(packet, length)))
                .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
    }

    @Test
    void aReportIsSealedAsTheReferenceImplementationDoes() {
        byte[] packet = room("81c8000bcafebabe" + "ab".repeat(16));
        int length = new SrtpContext(RFC_3711).sealReport(packet, 24);

        assertThat(text(Arrays.copyOf(packet, length)))
                .isEqualTo("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");
    }

    @Test
    void gcmSealsThePacketOfRfc7714Section16() {
        byte[] packet = room("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573");
        int length = gcm().seal(packet, 12, 50, 0x5501a0b2, 0xf17b);

        assertThat(text(Arrays.copyOf(packet, length)))
                .isEqualTo("8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a"
                        + "51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
        assertThat(gcm().open(packet, 12, length, 0x5501a0b2, 0xf17b)).isEqualTo(50);
    }

    @Test
    void gcmSealsTheReportOfRfc7714Section17() {
        byte[] packet = room("81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        int length = gcm().sealReport(packet, 52, 0x4d617273, 0x5d4);

        assertThat(text(Arrays.copyOf(packet, length)))
                .isEqualTo("81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                        + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
        assertThat(gcm().openReport(packet, length, 0x4d617273, 0x5d4)).isEqualTo(52);
    }

    private static GcmCipher gcm() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("517569642070726f2071756f");
        return new GcmCipher(key, salt, key, salt);
    }

    private static byte[] room(String packet) {
        byte[] bytes = hex(packet);
        return Arrays.copyOf(bytes, bytes.length + 32);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
