package io.trunkline.sip.jain;

import com.code_intelligence.jazzer.junit.FuzzTest;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.trunkline.sip.wire.SipMessage;
import java.text.ParseException;
import org.junit.jupiter.api.Tag;

/** Whatever bytes come in: what the parser lets through, our own reading must survive. */
@Tag("full")
class MessagesFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void whatTheParserAcceptsCanBeReadWithoutHarm(byte[] data) {
        SIPMessage parsed;
        try {
            parsed = new StringMsgParser().parseSIPMessage(data, true, false, null);
        } catch (ParseException | RuntimeException e) {
            return; // refused, and counted by CountingParserFactory
        }
        if (parsed instanceof SIPRequest request && request.getRequestLine() != null) {
            touch(Messages.request(request));
        } else if (parsed instanceof SIPResponse response && response.getStatusLine() != null) {
            touch(Messages.response(response));
        }
    }

    private static void touch(SipMessage message) {
        message.fromTag();
        message.toTag();
        message.cseq();
        message.cseqMethod();
        message.contact();
        message.sdp();
        message.headers().asMap();
    }
}
