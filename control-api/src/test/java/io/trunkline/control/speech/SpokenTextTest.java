package io.trunkline.control.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.call.CallRefused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a text: numbers as people read them, and the markup that we speak. */
class SpokenTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Call +15550100001 now | Call plus 1 5 5, 5 0 1, 0 0 0, 0 1 now",
                "That is $12.50. | That is 12 dollars and 50 cents.",
                "It costs £1.01 | It costs 1 pound and 1 penny",
                "€1,000 due 2026-11-20 | 1000 euros due 20 November 2026",
                "Flight 2026-13-45 stays | Flight 2026-13-45 stays",
                "Order 4711 | Order 4711"
            })
    void numbersAreWrittenAsPeopleReadThem(String text, String spoken) {
        assertThat(words(text, "en-GB")).isEqualTo(spoken);
    }

    @Test
    void otherLanguagesKeepTheirMoneyAndSpellPhoneNumbers() {
        assertThat(words("Ruf +4930123456 an, es kostet €5", "de"))
                .isEqualTo("Ruf plus 4 9 3, 0 1 2, 3 4 5 6 an, es kostet €5");
    }

    @Test
    void breaksProsodyEmphasisAndSayAsBecomePieces() {
        List<Piece> pieces = SpokenText.pieces("""
                <speak>Your code is <say-as interpret-as="characters">A7</say-as>.
                <break time="700ms"/><prosody rate="slow" volume="loud">Bye</prosody>
                <emphasis level="strong">now</emphasis></speak>""", "en");
        assertThat(pieces).contains(new Piece.Words("A 7", 1, 0), new Piece.Silence(Duration.ofMillis(700)));
        assertThat(pieces).contains(new Piece.Words("Bye", 0.75, 4));
        assertThat(pieces.getLast()).isEqualTo(new Piece.Words("now", 0.85, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<speak>open",
                "<speak><audio src='http://10.0.0.1/x'/>hi</speak>",
                "<speak><break time='60s'/>hi</speak>",
                "<speak><break/></speak>",
                "<speak><prosody rate='NaN'>hi</prosody></speak>",
                "<!DOCTYPE speak [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><speak>&x;</speak>",
                "<speak xmlns:x='y'>&lol;</speak>"
            })
    void markupThatCannotBeSpokenIsRefused(String markup) {
        // what does not begin with <speak is no markup but text
        if (!SpokenText.isMarkup(markup)) {
            assertThat(SpokenText.pieces(markup, "en")).hasSize(1);
            return;
        }
        assertThatThrownBy(() -> SpokenText.pieces(markup, "en"))
                .isInstanceOfSatisfying(
                        CallRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void nestingHasALimit() {
        String deep = "<speak>" + "<p>".repeat(40) + "hi" + "</p>".repeat(40) + "</speak>";
        assertThatThrownBy(() -> SpokenText.pieces(deep, "en")).isInstanceOf(CallRefused.class);
    }

    private static String words(String text, String language) {
        return ((Piece.Words) SpokenText.pieces(text, language).getFirst()).text();
    }
}
