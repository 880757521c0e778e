package io.trunkline.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallOptionsTest {
    @Test
    void optionsMayStandOnBothSidesOfTheNumber() {
        CallOptions options = CallOptions.parse(List.of("--say", "Hello", "+15550100001", "--record", "out.wav"));
        assertThat(options.to()).isEqualTo("+15550100001");
        assertThat(options.text("--say")).contains("Hello");
        assertThat(options.recordTo()).contains(Path.of("out.wav"));
        assertThat(options.server()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrong(List<String> arguments, String message) {
        assertThatThrownBy(() -> CallOptions.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of(), "whom to call?"),
                Arguments.of(List.of("--say", "x"), "whom to call?"),
                Arguments.of(List.of("+1555", "+1556"), "what is '+1556'?"),
                Arguments.of(List.of("+1555", "--loud"), "what is '--loud'?"),
                Arguments.of(List.of("+1555", "--say"), "--say needs a value"),
                Arguments.of(List.of("+1555", "--say", "a", "--play", "b"), "--say or --play, not both"),
                Arguments.of(List.of("+1555", "--timeout", "soon"), "--timeout takes seconds, 1 to 600"));
    }
}
