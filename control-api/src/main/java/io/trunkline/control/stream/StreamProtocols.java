package io.trunkline.control.stream;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The wires we speak, by the names of the API. */
public final class StreamProtocols {
    private static final Map<String, Function<StreamFacts, StreamProtocol>> ALL = Map.of(
            "twilio", TwilioProtocol::new,
            "telnyx", TelnyxProtocol::new,
            "plivo", PlivoProtocol::plivo,
            "vobiz", PlivoProtocol::vobiz,
            "wavix", WavixProtocol::new,
            "jambonz", JambonzProtocol::new,
            "asterisk", AsteriskProtocol::new,
            "cawme", CawmeProtocol::new,
            "raw", RawProtocol::new);

    private StreamProtocols() {}

    public static Set<String> names() {
        return ALL.keySet();
    }

    static StreamProtocol of(StreamFacts facts) {
        Function<StreamFacts, StreamProtocol> known = ALL.get(facts.spec().protocol());
        if (known == null) {
            throw new IllegalArgumentException(
                    "no stream protocol " + facts.spec().protocol());
        }
        return known.apply(facts);
    }
}
