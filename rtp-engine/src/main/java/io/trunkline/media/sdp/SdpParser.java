package io.trunkline.media.sdp;

import io.trunkline.media.sdp.Sdp.Attribute;
import io.trunkline.media.sdp.Sdp.Connection;
import io.trunkline.media.sdp.Sdp.Media;
import io.trunkline.media.sdp.Sdp.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a stranger's session description: lenient in what real peers get wrong (line ends, missing or unknown lines),
 * strict in size and in what would be acted upon. Whatever the text, it returns an {@link Sdp} or throws
 * {@link SdpException}.
 */
public final class SdpParser {
    static final int MAX_CHARS = 32_768;
    static final int MAX_LINE = 2_048;
    static final int MAX_LINES = 1_000;
    static final int MAX_MEDIA = 16;
    static final int MAX_FORMATS = 64;

    private Optional<Origin> origin = Optional.empty();
    private String name = "-";
    private Optional<Connection> connection = Optional.empty();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    /** An m= section while it grows. */
    private static final class Section {
        private final Media head;
        private Optional<Connection> connection = Optional.empty();
        private final List<Attribute> attributes = new ArrayList<>();

        Section(Media head) {
            this.head = head;
        }

        Media media() {
            return new Media(head.kind(), head.port(), head.protocol(), head.formats(), connection, attributes);
        }
    }

    private SdpParser() {}

    public static Sdp parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new SdpException("longer than " + MAX_CHARS + " characters");
        }
        List<String> lines = text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || !lines.getFirst().equals("v=0")) {
            throw new SdpException("does not begin with v=0");
        }
        if (lines.size() > MAX_LINES) {
            throw new SdpException("more than " + MAX_LINES + " lines");
        }
        SdpParser parser = new SdpParser();
        lines.subList(1, lines.size()).forEach(parser::line);
        return parser.finish();
    }

    private Sdp finish() {
        Origin from = origin.orElse(new Origin("-", "0", 0, Connection.NOWHERE));
        return new Sdp(
                from,
                name,
                connection,
                attributes,
                sections.stream().map(Section::media).toList());
    }

    private void line(String line) {
        if (line.length() > MAX_LINE) {
            throw new SdpException("a line longer than " + MAX_LINE + " characters");
        }
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
            throw new SdpException("a control character");
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            return;
        }
        String value = line.substring(2).strip();
        switch (line.charAt(0)) {
            case 'o' -> origin = Optional.of(origin(value));
            case 's' -> name = value.isEmpty() ? "-" : value;
            case 'c' -> connection(value);
            case 'a' -> attribute(value);
            case 'm' -> media(value);
            default -> {
                // times, bandwidths, keys, e-mail: nothing a call acts upon
            }
        }
    }

    private static Origin origin(String value) {
        String[] fields = value.split("\\s+", -1);
        if (fields.length != 6) {
            throw new SdpException("o= has not six fields");
        }
        return new Origin(fields[0], fields[1], version(fields[2]), new Connection(fields[4], fields[5]));
    }

    /** RFC 8866 asks for digits, NTP time stamps among them; what does not fit a long still has to compare. */
    private static long version(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLongOrNoNumber) {
            return text.hashCode();
        }
    }

    private void connection(String value) {
        String[] fields = value.split("\\s+", -1);
        if (fields.length != 3 || !fields[0].equals("IN")) {
            throw new SdpException("c= is not IN, type and address");
        }
        Optional<Connection> parsed = Optional.of(new Connection(fields[1], fields[2]));
        if (sections.isEmpty()) {
            connection = parsed;
        } else {
            sections.getLast().connection = parsed;
        }
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        Attribute attribute = colon < 0
                ? Attribute.flag(value)
                : new Attribute(
                        value.substring(0, colon), value.substring(colon + 1).strip());
        (sections.isEmpty() ? attributes : sections.getLast().attributes).add(attribute);
    }

    private void media(String value) {
        if (sections.size() == MAX_MEDIA) {
            throw new SdpException("more than " + MAX_MEDIA + " media sections");
        }
        String[] fields = value.split("\\s+", -1);
        if (fields.length < 4 || fields.length > 3 + MAX_FORMATS) {
            throw new SdpException("m= needs kind, port, protocol and 1 to " + MAX_FORMATS + " formats");
        }
        List<String> formats = List.of(fields).subList(3, fields.length);
        sections.add(
                new Section(new Media(fields[0], port(fields[1]), fields[2], formats, Optional.empty(), List.of())));
    }

    /** {@code port} or {@code port/count}. */
    private static int port(String text) {
        int slash = text.indexOf('/');
        int port = Numbers.parse(slash < 0 ? text : text.substring(0, slash), 65_535);
        if (port < 0) {
            throw new SdpException("m= has no port");
        }
        return port;
    }
}
