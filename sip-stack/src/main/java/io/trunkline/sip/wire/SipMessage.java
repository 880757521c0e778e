package io.trunkline.sip.wire;

import java.util.Locale;
import java.util.Optional;

/** What requests and responses have in common. */
public sealed interface SipMessage permits SipRequest, SipResponse {
    Headers headers();

    String body();

    default Optional<String> header(String name) {
        return headers().first(name);
    }

    default String callId() {
        return header("Call-ID").orElse("");
    }

    default NameAddr from() {
        return NameAddr.parse(header("From").orElse(""));
    }

    default NameAddr to() {
        return NameAddr.parse(header("To").orElse(""));
    }

    default String fromTag() {
        return from().param("tag").orElse("");
    }

    default String toTag() {
        return to().param("tag").orElse("");
    }

    /** The number of CSeq; -1 for a message without a readable one. */
    default long cseq() {
        String number = header("CSeq").orElse("").split(" ", 2)[0];
        return number.matches("\\d{1,10}") ? Long.parseLong(number) : -1;
    }

    default String cseqMethod() {
        String[] parts = header("CSeq").orElse("").strip().split("\\s+", 2);
        return parts.length == 2 ? parts[1].toUpperCase(Locale.ROOT) : "";
    }

    default Optional<NameAddr> contact() {
        return header("Contact").filter(c -> !c.strip().equals("*")).map(NameAddr::parse);
    }

    /** The SDP of the body, be it alone or one part of a multipart body (RFC 5621). */
    default Optional<String> sdp() {
        return Bodies.sdp(header("Content-Type").orElse(""), body());
    }
}
