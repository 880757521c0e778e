package io.trunkline.sip.jain;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.trunkline.sip.wire.Grammar;
import io.trunkline.sip.wire.Header;
import io.trunkline.sip.wire.Headers;
import io.trunkline.sip.wire.SipRequest;
import io.trunkline.sip.wire.SipResponse;
import io.trunkline.sip.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Between our messages and JAIN-SIP's. Outward by text, so that whatever leaves has been through its parser. */
final class Messages {
    private static final List<String> COPIED = List.of("Via", "From", "Call-ID", "CSeq", "Timestamp");

    private Messages() {}

    static SIPRequest toJain(SipRequest request, String via) throws WireException {
        StringBuilder text = new StringBuilder(1024)
                .append(request.method())
                .append(' ')
                .append(request.uri())
                .append(" SIP/2.0\r\n");
        line(text, "Via", via);
        request.headers().list().forEach(h -> line(text, h.name(), h.value()));
        return (SIPRequest) parse(text, request.body());
    }

    static SIPResponse toJain(SipRequest request, SipResponse response) throws WireException {
        StringBuilder text = new StringBuilder(1024)
                .append("SIP/2.0 ")
                .append(response.code())
                .append(' ')
                .append(response.phrase())
                .append("\r\n");
        COPIED.forEach(name -> request.headers().all(name).forEach(value -> line(text, name, value)));
        if (response.header("To").isEmpty()) {
            line(text, "To", request.header("To").orElse(""));
        }
        response.headers().list().forEach(h -> line(text, h.name(), h.value()));
        return (SIPResponse) parse(text, response.body());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private static SIPMessage parse(StringBuilder head, String body) throws WireException {
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        try {
            SIPMessage message = new StringMsgParser().parseSIPMessage(bytes, false, true, null);
            if (!body.isEmpty()) {
                message.setMessageContent(body.getBytes(StandardCharsets.UTF_8));
            }
            return message;
        } catch (ParseException | RuntimeException e) {
            throw new WireException("cannot be said in SIP: " + e.getMessage(), false, e);
        }
    }

    static SipRequest request(SIPRequest request) {
        String uri = request.getRequestURI().toString();
        return new SipRequest(request.getMethod(), uri.replace(" ", ""), headers(request), body(request));
    }

    static SipResponse response(SIPResponse response) {
        String phrase = response.getReasonPhrase() == null ? "" : clean(response.getReasonPhrase());
        return new SipResponse(response.getStatusCode(), phrase, headers(response), body(response));
    }

    private static Headers headers(SIPMessage message) {
        List<Header> list = new ArrayList<>();
        Iterator<String> names = message.getHeaderNames();
        while (names.hasNext()) {
            Iterator<SIPHeader> headers = message.getHeaders(names.next());
            while (headers.hasNext()) {
                SIPHeader header = headers.next();
                String value = header.getHeaderValue();
                if (value != null && Grammar.isToken(header.getName())) {
                    list.add(new Header(header.getName(), clean(value.strip())));
                }
            }
        }
        return new Headers(list);
    }

    /** A peer's control characters become spaces; what is beyond any sane length is cut. */
    private static String clean(String value) {
        String text = value.length() > 8000 ? value.substring(0, 8000) : value;
        return Grammar.isHeaderValue(text) ? text : text.replaceAll("[\\p{Cntrl}]", " ");
    }

    private static String body(SIPMessage message) {
        byte[] content = message.getRawContent();
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }
}
