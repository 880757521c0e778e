package io.trunkline.control.speech;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The part of SSML 1.1 that is spoken alike by every engine, since we render it ourselves: {@code break}, {@code prosody}
 * (rate and volume), {@code emphasis}, {@code say-as}; {@code p}, {@code s} and {@code sub} are read. Anything else is
 * refused by name. No document type, no entities but XML's own.
 */
final class Ssml {
    private static final int DEEPEST = 20;
    private static final int MOST_PIECES = 500;
    private static final Duration LONGEST_BREAK = Duration.ofSeconds(10);
    private static final Map<String, Double> RATES =
            Map.of("x-slow", 0.5, "slow", 0.75, "medium", 1.0, "default", 1.0, "fast", 1.25, "x-fast", 1.6);
    private static final Map<String, Double> VOLUMES = Map.of(
            "silent", -60.0, "x-soft", -12.0, "soft", -6.0, "medium", 0.0, "default", 0.0, "loud", 4.0, "x-loud", 6.0);
    private static final Map<String, Integer> BREAKS =
            Map.of("none", 0, "x-weak", 100, "weak", 250, "medium", 500, "strong", 800, "x-strong", 1200);

    private final String language;
    private final List<Piece> pieces = new ArrayList<>();
    private final Deque<Manner> manners = new ArrayDeque<>();

    /** How what is inside an element is said. */
    private record Manner(
            double rate,
            double gainDb,
            String sayAs,
            @Nullable String alias) {}

    Ssml(String language) {
        this.language = language;
    }

    List<Piece> read(String markup) throws SsmlException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        manners.push(new Manner(1, 0, "", null));
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(markup));
            while (xml.hasNext()) {
                take(xml.next(), xml);
            }
        } catch (XMLStreamException wrong) {
            throw new SsmlException("is not well-formed SSML: " + firstLine(wrong));
        }
        if (pieces.stream().noneMatch(Piece.Words.class::isInstance)) {
            throw new SsmlException("is SSML without a word");
        }
        return List.copyOf(pieces);
    }

    private static String firstLine(XMLStreamException wrong) {
        return "line " + wrong.getLocation().getLineNumber() + ", column "
                + wrong.getLocation().getColumnNumber();
    }

    private void take(int event, XMLStreamReader xml) throws SsmlException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> begin(xml);
            case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> say(xml.getText());
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new SsmlException("may not declare or use entities");
            default -> {
                // comments and instructions are not spoken
            }
        }
    }

    private void begin(XMLStreamReader xml) throws SsmlException {
        if (manners.size() > DEEPEST) {
            throw new SsmlException("nests elements deeper than " + DEEPEST);
        }
        Manner now = manners.getFirst();
        manners.push(
                switch (xml.getLocalName()) {
                    case "speak", "p", "s" -> now;
                    case "break" -> {
                        add(new Piece.Silence(pause(xml)));
                        yield now;
                    }
                    case "prosody" ->
                        new Manner(
                                Math.clamp(now.rate() * rate(attribute(xml, "rate")), 0.25, 4),
                                Math.clamp(now.gainDb() + volume(attribute(xml, "volume")), -60, 6),
                                now.sayAs(),
                                null);
                    case "emphasis" -> emphasis(now, attribute(xml, "level"));
                    case "say-as" -> new Manner(now.rate(), now.gainDb(), attribute(xml, "interpret-as"), null);
                    case "sub" -> new Manner(now.rate(), now.gainDb(), "", attribute(xml, "alias"));
                    default -> throw new SsmlException("has <" + xml.getLocalName() + ">, which is not spoken here");
                });
    }

    private void end(String name) throws SsmlException {
        manners.pop();
        if (name.equals("p") || name.equals("s")) {
            add(new Piece.Silence(Duration.ofMillis(name.equals("p") ? 600 : 300)));
        }
    }

    private void say(String text) throws SsmlException {
        Manner manner = manners.getFirst();
        String words = manner.alias() != null ? manner.alias() : text;
        if (!words.isBlank()) {
            String said = manner.sayAs().isEmpty()
                    ? Readings.of(words, language)
                    : Readings.as(manner.sayAs(), words.strip(), language);
            add(new Piece.Words(said.strip(), manner.rate(), manner.gainDb()));
        }
    }

    private void add(Piece piece) throws SsmlException {
        if (pieces.size() >= MOST_PIECES) {
            throw new SsmlException("has more than " + MOST_PIECES + " parts");
        }
        pieces.add(piece);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private static Manner emphasis(Manner now, String level) {
        return switch (level) {
            case "strong" -> new Manner(now.rate() * 0.85, Math.min(6, now.gainDb() + 4), now.sayAs(), null);
            case "none" -> now;
            case "reduced" -> new Manner(now.rate() * 1.1, now.gainDb() - 3, now.sayAs(), null);
            default -> new Manner(now.rate() * 0.92, Math.min(6, now.gainDb() + 2), now.sayAs(), null);
        };
    }

    /** A word, or a percentage of the present pace. */
    private static double rate(String given) throws SsmlException {
        if (given.isEmpty() || RATES.containsKey(given)) {
            return RATES.getOrDefault(given, 1.0);
        }
        return Math.clamp(number(given, "%", "prosody rate") / 100, 0.25, 4);
    }

    private static double volume(String given) throws SsmlException {
        if (given.isEmpty() || VOLUMES.containsKey(given)) {
            return VOLUMES.getOrDefault(given, 0.0);
        }
        return Math.clamp(number(given, "db", "prosody volume"), -60, 6);
    }

    private static Duration pause(XMLStreamReader xml) throws SsmlException {
        String time = attribute(xml, "time");
        if (time.isEmpty()) {
            Integer millis = BREAKS.get(attribute(xml, "strength"));
            return Duration.ofMillis(millis == null ? 500 : millis);
        }
        double millis = time.endsWith("ms") ? number(time, "ms", "break time") : 1000 * number(time, "s", "break time");
        if (millis < 0 || millis > LONGEST_BREAK.toMillis()) {
            throw new SsmlException("has a break longer than " + LONGEST_BREAK.toSeconds() + " s");
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static double number(String given, String unit, String what) throws SsmlException {
        if (!given.matches("[+-]?\\d{1,5}(\\.\\d{1,3})?" + unit)) {
            throw new SsmlException("has a " + what + " of '" + given + "'");
        }
        return Double.parseDouble(given.substring(0, given.length() - unit.length()));
    }
}
