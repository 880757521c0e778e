package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoicesTest {
    private final Voices voices = new Voices(
            List.of(
                    new Silent("espeak-ng", List.of("en-gb", "en-us", "de", "pt-br")),
                    new Silent("builtin", List.of("en-us"))),
            Optional.of("espeak-ng/en-us"));

    @ParameterizedTest
    @CsvSource({
        "espeak-ng/de, , espeak-ng/de",
        "pt-br, , espeak-ng/pt-br",
        "BUILTIN/en-us, , builtin/en-us",
        ", de-AT, espeak-ng/de",
        ", pt, espeak-ng/pt-br",
        ", en_US, espeak-ng/en-us",
        ", , espeak-ng/en-us",
    })
    void choosesByNameThenLanguageThenPreference(String name, String language, String chosen) {
        assertThat(voices.choose(Optional.ofNullable(name), Optional.ofNullable(language))
                        .voice()
                        .id())
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"http, mul", "command, und"})
    void anEngineOfAnyLanguageSpeaksWhereItWasChosenAndNowhereElse(String engine, String language) {
        Silent any = new Silent(engine, List.of(language));
        Silent espeak = new Silent("espeak-ng", List.of("en-us", "de"));
        Voices chosen = new Voices(List.of(any, espeak), Optional.empty());
        assertThat(chosen.choose(Optional.empty(), Optional.empty()).engine()).isEqualTo(any);
        assertThat(chosen.choose(Optional.empty(), Optional.of("de")).engine()).isEqualTo(any);
        Voices besides = new Voices(List.of(espeak, any), Optional.empty());
        assertThat(besides.choose(Optional.empty(), Optional.empty()).engine()).isEqualTo(espeak);
        assertThat(besides.choose(Optional.empty(), Optional.of("fi")).engine()).isEqualTo(any);
    }

    @Test
    void namesTheNearestWhenAVoiceIsUnknown() {
        assertThatThrownBy(() -> voices.choose(Optional.of("en-uk"), Optional.empty()))
                .hasMessageContaining("en-uk")
                .hasMessageContaining("espeak-ng/en-us");
    }

    @Test
    void refusesALanguageThatNoVoiceSpeaks() {
        assertThatThrownBy(() -> voices.choose(Optional.empty(), Optional.of("xx")))
                .hasMessageContaining("xx");
    }

    private record Silent(String engine, List<String> names) implements SpeechSynthesizer {
        @Override
        public List<Voice> voices() {
            return names.stream()
                    .map(name -> new Voice(engine + "/" + name, engine, name, "unknown", 22050))
                    .toList();
        }

        @Override
        public void speak(SpeechRequest request, AudioSink sink) {}
    }
}
