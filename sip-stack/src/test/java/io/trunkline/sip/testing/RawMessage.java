package io.trunkline.sip.testing;

import java.util.Arrays;
import java.util.List;

/** A message as it came, read with no parser of ours so that a fault there cannot hide. */
public record RawMessage(String text, int fromPort) {
    public String firstLine() {
        return text.substring(0, Math.max(0, text.indexOf("\r\n")));
    }

    public boolean isResponse() {
        return text.startsWith("SIP/2.0 ");
    }

    /** The method of a request, or of the request that a response answers. */
    public String method() {
        return isResponse() ? header("CSeq").split(" ", 2)[1] : firstLine().split(" ", 2)[0];
    }

    public int code() {
        return isResponse() ? Integer.parseInt(firstLine().split(" ", 3)[1]) : 0;
    }

    public String uri() {
        return firstLine().split(" ", 3)[1];
    }

    /** The first value; empty when the header is absent. */
    public String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    public List<String> headers(String name) {
        return Arrays.stream(head().split("\r\n", -1))
                .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(l -> l.substring(name.length() + 1).strip())
                .toList();
    }

    private String head() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end);
    }

    public String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }

    public long cseq() {
        return Long.parseLong(header("CSeq").split(" ", 2)[0]);
    }

    public String toTag() {
        return tag(header("To"));
    }

    public String fromTag() {
        return tag(header("From"));
    }

    public String contactUri() {
        return header("Contact").replaceAll(".*<([^>]*)>.*", "$1");
    }

    private static String tag(String value) {
        int at = value.indexOf(";tag=");
        return at < 0 ? "" : value.substring(at + 5).split(";", 2)[0];
    }
}
