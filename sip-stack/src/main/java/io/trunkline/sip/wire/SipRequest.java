package io.trunkline.sip.wire;

/** A request. A new Via is the transport's business; everything else is in {@code headers}. */
public record SipRequest(String method, String uri, Headers headers, String body) implements SipMessage {
    public SipRequest {
        if (!Grammar.isToken(method) || !Grammar.isHeaderValue(uri) || uri.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("not a request line");
        }
    }

    public SipRequest with(Headers more) {
        return new SipRequest(method, uri, headers.and(more), body);
    }

    /** The branch of the topmost Via, by which transactions match (RFC 3261 17.2.3). */
    public String branch() {
        return header("Via").map(NameAddr::viaBranch).orElse("");
    }
}
