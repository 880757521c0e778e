package io.trunkline.sip.jain;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.text.ParseException;

/** JAIN-SIP's parser, with what it refuses counted and its unchecked exceptions made parse errors. */
public final class CountingParserFactory implements MessageParserFactory {
    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return new Counting((Engine) stack);
    }

    private static final class Counting extends StringMsgParser {
        private final Engine engine;

        Counting(Engine engine) {
            this.engine = engine;
        }

        @Override
        @SuppressWarnings("PMD.AvoidCatchingGenericException")
        public SIPMessage parseSIPMessage(byte[] bytes, boolean body, boolean strict, ParseExceptionListener handler)
                throws ParseException {
            try {
                return super.parseSIPMessage(bytes, body, strict, handler == null ? null : discreet(handler));
            } catch (ParseException e) {
                engine.parseErrors.increment();
                throw e;
            } catch (RuntimeException e) {
                engine.parseErrors.increment();
                throw new ParseException(String.valueOf(e.getMessage()), 0);
            }
        }

        /** The library's 400 would say in its status line, line breaks and all, what it could not read. */
        private static ParseExceptionListener discreet(ParseExceptionListener handler) {
            return (problem, message, kind, header, text) ->
                    handler.handleException(new ParseException("cannot be read", 0), message, kind, header, text);
        }
    }
}
