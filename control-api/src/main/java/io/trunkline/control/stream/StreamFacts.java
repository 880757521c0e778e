package io.trunkline.control.stream;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.StreamSpec;
import io.trunkline.media.SampleFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a protocol may tell the program about its stream. */
record StreamFacts(String streamId, CallSnapshot call, StreamSpec spec) {
    String callId() {
        return call.id();
    }

    String accountId() {
        return call.owner().accountId();
    }

    JsonObject parameters() {
        return new JsonObject(spec.parameters());
    }

    /** The tracks that are sent, in this order. */
    JsonArray tracks() {
        JsonArray tracks = new JsonArray();
        if (spec.track().inbound()) {
            tracks.add("inbound");
        }
        if (spec.track().outbound()) {
            tracks.add("outbound");
        }
        return tracks;
    }

    /** As asked for, else as the protocol has it; {@code linear} is how it orders the bytes of L16. */
    WireFormat format(WireFormat otherwise, SampleFormat linear) {
        SampleFormat samples = spec.encoding()
                .map(name -> switch (name) {
                    case "mulaw" -> SampleFormat.MULAW;
                    case "alaw" -> SampleFormat.ALAW;
                    default -> linear;
                })
                .orElse(otherwise.samples());
        int rate = samples.bytesPerSample() == 1
                ? 8000
                : spec.sampleRate().orElse(otherwise.samples().bytesPerSample() == 1 ? 8000 : otherwise.sampleRate());
        return new WireFormat(samples, rate);
    }
}
