package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.sdp.Sdp.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The formats of our offer: static numbers, customary dynamic ones, and those of the session while it lasts. */
final class PayloadNumbers {
    private final List<Format> known;
    private final List<Format> chosen = new ArrayList<>();

    private PayloadNumbers(List<Format> known) {
        this.known = known;
    }

    /** RFC 3264 section 8.3.2: a number once bound keeps its meaning for the session. */
    static List<Format> formats(List<Codec> codecs, Optional<Media> current) {
        PayloadNumbers numbers = new PayloadNumbers(current.map(Format::of).orElse(List.of()));
        for (Codec codec : codecs) {
            numbers.add(Format.of(usual(codec), codec));
        }
        numbers.add(Format.telephoneEvent(101, 8000));
        if (codecs.contains(Codec.OPUS)) {
            numbers.add(Format.telephoneEvent(110, 48_000));
        }
        return numbers.chosen;
    }

    private static int usual(Codec codec) {
        return switch (codec) {
            case PCMU -> 0;
            case PCMA -> 8;
            case G722 -> 9;
            case L16 -> 97;
            case OPUS -> 111;
        };
    }

    private void add(Format wanted) {
        int number = known.stream()
                .filter(f -> f.encoding().equalsIgnoreCase(wanted.encoding()) && f.clockRate() == wanted.clockRate())
                .map(Format::payloadType)
                .findFirst()
                .orElseGet(() -> free(wanted.payloadType()));
        chosen.add(new Format(number, wanted.encoding(), wanted.clockRate(), wanted.channels(), wanted.fmtp()));
    }

    private int free(int usual) {
        return IntStream.concat(IntStream.of(usual), IntStream.rangeClosed(96, 127))
                .filter(n -> known.stream().noneMatch(f -> f.payloadType() == n))
                .filter(n -> chosen.stream().noneMatch(f -> f.payloadType() == n))
                .findFirst()
                .orElse(usual);
    }
}
