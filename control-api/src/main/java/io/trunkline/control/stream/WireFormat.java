package io.trunkline.control.stream;

import io.trunkline.media.SampleFormat;

/** How audio is written on a wire. */
public record WireFormat(SampleFormat samples, int sampleRate) {
    static final WireFormat PHONE = new WireFormat(SampleFormat.MULAW, 8000);
}
