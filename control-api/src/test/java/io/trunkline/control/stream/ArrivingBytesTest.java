package io.trunkline.control.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivingBytesTest {
    private final ArrivingBytes bytes = new ArrivingBytes();

    @Test
    void messagesAreOneStreamAndItsEndIsTheEnd() throws Exception {
        bytes.add(new byte[] {1, 2, 3});
        bytes.add(new byte[0]);
        bytes.add(new byte[] {(byte) 0xff});
        assertThat(bytes.waiting()).isEqualTo(4);
        bytes.end();

        assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3, -1);
        assertThat(bytes.waiting()).isZero();
        assertThat(bytes.read()).isEqualTo(-1);
    }

    @Test
    void aByteAboveAsciiIsNotTheEnd() {
        bytes.add(new byte[] {(byte) 0xff});

        assertThat(bytes.read()).isEqualTo(255);
    }
}
