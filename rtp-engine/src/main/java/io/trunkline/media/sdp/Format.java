package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.sdp.Sdp.Attribute;
import io.trunkline.media.sdp.Sdp.Media;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One payload type of an m= line with what its rtpmap and fmtp say (RFC 8866 section 6.6 and 6.15). */
record Format(int payloadType, String encoding, int clockRate, int channels, Map<String, String> fmtp) {
    private static final String TELEPHONE_EVENT = "telephone-event";
    private static final int MAX_PARAMETERS = 32;

    static Format telephoneEvent(int payloadType, int clockRate) {
        return new Format(payloadType, TELEPHONE_EVENT, clockRate, 1, Map.of("0-15", ""));
    }

    static Format of(int payloadType, Codec codec) {
        int channels = codec == Codec.OPUS ? 2 : 1;
        Map<String, String> fmtp = codec == Codec.OPUS ? Map.of("useinbandfec", "1") : Map.of();
        return new Format(payloadType, codec.sdpName(), codec.clockRate(), channels, fmtp);
    }

    /** The formats of a section in its order; those that are malformed or unknown without rtpmap are left out. */
    static List<Format> of(Media media) {
        List<Format> formats = new ArrayList<>();
        for (String text : media.formats()) {
            int payloadType = Numbers.parse(text, 127);
            if (payloadType >= 0 && formats.stream().noneMatch(f -> f.payloadType == payloadType)) {
                describe(payloadType, media).ifPresent(formats::add);
            }
        }
        return formats;
    }

    boolean isTelephoneEvent() {
        return encoding.equalsIgnoreCase(TELEPHONE_EVENT);
    }

    /** Which of ours it is: name, clock and channels must fit (Opus is always written with two, RFC 7587). */
    Optional<Codec> codec() {
        return Codec.named(encoding)
                .filter(codec -> codec.clockRate() == clockRate)
                .filter(codec -> channels == 1 || (codec == Codec.OPUS && channels == 2));
    }

    Attribute rtpmap() {
        String suffix = channels > 1 ? "/" + channels : "";
        return new Attribute("rtpmap", payloadType + " " + encoding + "/" + clockRate + suffix);
    }

    Optional<Attribute> fmtpLine() {
        List<String> parts = fmtp.entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                .sorted()
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attribute("fmtp", payloadType + " " + String.join(";", parts)));
    }

    private static Optional<Format> describe(int payloadType, Media media) {
        Map<String, String> fmtp =
                valueFor(payloadType, "fmtp", media).map(Format::parameters).orElse(Map.of());
        return valueFor(payloadType, "rtpmap", media)
                .map(map -> mapped(payloadType, map, fmtp))
                .orElseGet(() -> fixed(payloadType, fmtp));
    }

    private static Optional<String> valueFor(int payloadType, String name, Media media) {
        String prefix = payloadType + " ";
        return media.attributes().stream()
                .filter(a -> a.name().equalsIgnoreCase(name) && a.value().startsWith(prefix))
                .map(a -> a.value().substring(prefix.length()).strip())
                .findFirst();
    }

    private static Optional<Format> mapped(int payloadType, String map, Map<String, String> fmtp) {
        String[] fields = map.split("/", -1);
        int clock = fields.length < 2 ? -1 : Numbers.parse(fields[1].strip(), 1_000_000);
        int channels = fields.length < 3 ? 1 : Numbers.parse(fields[2].strip(), 255);
        return clock <= 0 || channels <= 0 || fields.length > 3
                ? Optional.empty()
                : Optional.of(new Format(payloadType, fields[0].strip(), clock, channels, fmtp));
    }

    /** RFC 3551 table 4: the static payload types that need no rtpmap. */
    private static Optional<Format> fixed(int payloadType, Map<String, String> fmtp) {
        return switch (payloadType) {
            case 0 -> Optional.of(new Format(payloadType, "PCMU", 8000, 1, fmtp));
            case 8 -> Optional.of(new Format(payloadType, "PCMA", 8000, 1, fmtp));
            case 9 -> Optional.of(new Format(payloadType, "G722", 8000, 1, fmtp));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> parameters(String value) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : value.split(";", MAX_PARAMETERS)) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                parameters.put(
                        name, equals < 0 ? "" : part.substring(equals + 1).strip());
            }
        }
        return Map.copyOf(parameters);
    }
}
