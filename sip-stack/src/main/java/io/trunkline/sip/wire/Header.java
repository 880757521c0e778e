package io.trunkline.sip.wire;

/** One header line. The value never holds a line break: {@link Headers} refuses it. */
public record Header(String name, String value) {
    public Header {
        if (!Grammar.isToken(name) || !Grammar.isHeaderValue(value)) {
            throw new IllegalArgumentException("not a header: " + Grammar.printable(name));
        }
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
