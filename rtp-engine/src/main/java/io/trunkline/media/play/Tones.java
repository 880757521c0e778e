package io.trunkline.media.play;

import io.trunkline.media.AudioSource;
import io.trunkline.media.dtmf.Digits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tones by name. Cadences are those of ITU-T E.180 and its list of national tones: "hertz+hertz ms, pause ms …". */
public final class Tones {
    private static final Map<String, String> RINGBACK = Map.ofEntries(
            Map.entry("us", "440+480 2000 4000"),
            Map.entry("gb", "400+450 400 200, 400+450 400 2000"),
            Map.entry("au", "400+450 400 200, 400+450 400 2000"),
            Map.entry("nz", "400+450 400 200, 400+450 400 2000"),
            Map.entry("in", "375+425 400 200, 375+425 400 2000"),
            Map.entry("za", "367+433 400 200, 367+433 400 2000"),
            Map.entry("jp", "392+408 1000 2000"),
            Map.entry("fr", "440 1500 3500"),
            Map.entry("es", "425 1500 3000"),
            Map.entry("se", "425 1000 5000"),
            Map.entry("pt", "425 1000 5000"),
            Map.entry("at", "420 1000 5000"),
            Map.entry("cn", "450 1000 4000"),
            Map.entry("ru", "425 800 3200"));
    private static final Map<String, String> BUSY = Map.ofEntries(
            Map.entry("us", "480+620 500 500"),
            Map.entry("gb", "400 375 375"),
            Map.entry("au", "425 375 375"),
            Map.entry("nz", "400 500 500"),
            Map.entry("in", "400 750 750"),
            Map.entry("za", "400 500 500"),
            Map.entry("jp", "400 500 500"),
            Map.entry("fr", "440 500 500"),
            Map.entry("es", "425 200 200"),
            Map.entry("de", "425 480 480"),
            Map.entry("se", "425 250 250"),
            Map.entry("at", "420 400 400"),
            Map.entry("cn", "450 350 350"),
            Map.entry("br", "425 250 250"),
            Map.entry("mx", "425 250 250"),
            Map.entry("ru", "425 400 400"));
    private static final Map<String, String> CONGESTION = Map.ofEntries(
            Map.entry("us", "480+620 250 250"),
            Map.entry("gb", "400 400 350, 400 225 525"),
            Map.entry("au", "425 375 375"),
            Map.entry("nz", "400 250 250"),
            Map.entry("in", "400 250 250"),
            Map.entry("za", "400 250 250"),
            Map.entry("jp", "400 500 500"),
            Map.entry("fr", "440 250 250"),
            Map.entry("es", "425 200 200, 425 200 200, 425 200 600"),
            Map.entry("de", "425 240 240"),
            Map.entry("se", "425 250 750"),
            Map.entry("at", "420 200 200"),
            Map.entry("cn", "450 700 700"),
            Map.entry("nl", "425 250 250"),
            Map.entry("br", "425 250 250, 425 750 250"),
            Map.entry("mx", "425 250 250"),
            Map.entry("pl", "425 500 500"));
    /** The rest of CEPT keeps to 425 Hz. */
    private static final List<String> EUROPEAN =
            List.of("de", "it", "nl", "ch", "pl", "be", "dk", "fi", "no", "cz", "gr", "pt", "br", "mx", "ru");

    private static final String SIT = "950 330 0, 1400 330 0, 1800 330 1000";
    /** ITU-T T.30: the answering fax. */
    private static final String FAX_CED = "2100 3000 0";

    private static final String BEEP = "1000 400 0";
    private static final int DIGIT_MS = 100;

    private Tones() {}

    /** @throws IllegalArgumentException when there is none of that name */
    public static AudioSource named(String name) {
        String[] parts = name.split(":", 2);
        String argument = parts.length < 2 ? "us" : parts[1].toLowerCase(Locale.ROOT);
        String cadence =
                switch (parts[0]) {
                    case "ringback" -> national(RINGBACK, argument, "425 1000 4000", name);
                    case "busy" -> national(BUSY, argument, "425 500 500", name);
                    case "congestion" -> national(CONGESTION, argument, "425 200 200", name);
                    case "beep" -> BEEP;
                    case "sit" -> SIT;
                    case "fax-ced" -> FAX_CED;
                    case "dtmf" -> digits(parts.length < 2 ? "" : parts[1], name);
                    default -> throw unknown(name);
                };
        return new ToneSource("tone:" + name, segments(cadence));
    }

    private static String national(Map<String, String> tones, String country, String european, String name) {
        String tone = tones.get(country);
        if (tone != null) {
            return tone;
        }
        if (EUROPEAN.contains(country)) {
            return european;
        }
        throw unknown(name);
    }

    private static String digits(String digits, String name) {
        if (digits.isEmpty() || digits.length() > 64 || !digits.matches("[0-9*#A-D]+")) {
            throw unknown(name);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            parts.add(Digits.low(digit) + "+" + Digits.high(digit) + " " + DIGIT_MS + " " + DIGIT_MS);
        }
        return String.join(", ", parts);
    }

    private static List<ToneSource.Segment> segments(String cadence) {
        List<ToneSource.Segment> segments = new ArrayList<>();
        for (String part : cadence.split(", ", -1)) {
            String[] fields = part.split(" ", -1);
            List<Integer> hertz = List.of(fields[0].split("\\+", -1)).stream()
                    .map(Integer::valueOf)
                    .toList();
            segments.add(new ToneSource.Segment(
                    hertz, Duration.ofMillis(Long.parseLong(fields[1])), Duration.ofMillis(Long.parseLong(fields[2]))));
        }
        return segments;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("no tone " + name);
    }
}
