package io.trunkline.media.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A session description (RFC 8866), as far as calls use it; {@link #text} writes it. */
public record Sdp(
        Origin origin, String name, Optional<Connection> connection, List<Attribute> attributes, List<Media> media) {

    public Sdp {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** The o= line: {@code version} grows with each change (RFC 3264 section 8). */
    public record Origin(String username, String sessionId, long version, Connection address) {}

    /** The c= line: {@code IP4} or {@code IP6} and the address as written. */
    public record Connection(String type, String address) {
        static final Connection NOWHERE = new Connection("IP4", "0.0.0.0");
    }

    /** An a= line; {@code value} is empty for a flag. */
    public record Attribute(String name, String value) {
        public static Attribute flag(String name) {
            return new Attribute(name, "");
        }

        @Override
        public String toString() {
            return value.isEmpty() ? name : name + ":" + value;
        }
    }

    /** An m= section with the lines that belong to it. */
    public record Media(
            String kind,
            int port,
            String protocol,
            List<String> formats,
            Optional<Connection> connection,
            List<Attribute> attributes) {

        public Media {
            formats = List.copyOf(formats);
            attributes = List.copyOf(attributes);
        }

        public boolean isAudio() {
            return "audio".equalsIgnoreCase(kind);
        }

        /** RFC 3264 section 6: a refused stream keeps its line and its formats, at port 0. */
        Media refused() {
            return new Media(kind, 0, protocol, formats, Optional.empty(), List.of());
        }
    }

    Sdp withVersion(long version) {
        Origin next = new Origin(origin.username, origin.sessionId, version, origin.address);
        return new Sdp(next, name, connection, attributes, media);
    }

    /** All attributes that hold for {@code section}: its own, then those of the session. */
    public List<Attribute> attributesOf(Media section) {
        return Stream.concat(section.attributes.stream(), attributes.stream()).toList();
    }

    /** The description as it goes on the wire. */
    public String text() {
        StringBuilder out = new StringBuilder(512).append("v=0\r\no=");
        out.append(origin.username)
                .append(' ')
                .append(origin.sessionId)
                .append(' ')
                .append(origin.version);
        out.append(" IN ")
                .append(origin.address.type)
                .append(' ')
                .append(origin.address.address)
                .append("\r\n");
        out.append("s=").append(name).append("\r\n");
        append(out, connection);
        out.append("t=0 0\r\n");
        append(out, attributes);
        media.forEach(section -> append(out, section));
        return out.toString();
    }

    private static void append(StringBuilder out, Media section) {
        out.append("m=")
                .append(section.kind)
                .append(' ')
                .append(section.port)
                .append(' ')
                .append(section.protocol);
        section.formats.forEach(format -> out.append(' ').append(format));
        out.append("\r\n");
        append(out, section.connection);
        append(out, section.attributes);
    }

    private static void append(StringBuilder out, Optional<Connection> connection) {
        connection.ifPresent(c ->
                out.append("c=IN ").append(c.type).append(' ').append(c.address).append("\r\n"));
    }

    private static void append(StringBuilder out, List<Attribute> attributes) {
        attributes.forEach(attribute -> out.append("a=").append(attribute).append("\r\n"));
    }
}
