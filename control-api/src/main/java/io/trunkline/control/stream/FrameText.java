package io.trunkline.control.stream;

import java.util.Base64;

/** Writes the one message that goes out fifty times a second and track, without an object for each of its parts. */
final class FrameText {
    private static final int USUAL = 1024;

    private final StringBuilder text = new StringBuilder(USUAL);

    /** @param head what does not change, as JSON */
    FrameText begin(String head) {
        text.setLength(0);
        text.append(head);
        return this;
    }

    FrameText put(String json) {
        text.append(json);
        return this;
    }

    FrameText put(long number) {
        text.append(number);
        return this;
    }

    FrameText payload(SentFrame frame, WireFormat format) {
        byte[] bytes = format.samples().encode(frame.samples(), 0, frame.samples().length);
        text.append(Base64.getEncoder().encodeToString(bytes));
        return this;
    }

    String end(String tail) {
        return text.append(tail).toString();
    }
}
