package io.trunkline.sip.wire;

/** A response. Those that answer a request take Via, From, Call-ID and CSeq from it; {@code headers} are the others. */
public record SipResponse(int code, String phrase, Headers headers, String body) implements SipMessage {
    public SipResponse {
        if (code < 100 || code > 699 || !Grammar.isHeaderValue(phrase)) {
            throw new IllegalArgumentException("not a status line");
        }
    }

    public static SipResponse of(int code, String phrase) {
        return new SipResponse(code, phrase, Headers.NONE, "");
    }

    public SipResponse with(String name, String value) {
        return new SipResponse(code, phrase, headers.with(name, value), body);
    }

    public boolean provisional() {
        return code < 200;
    }

    public boolean success() {
        return code >= 200 && code < 300;
    }
}
