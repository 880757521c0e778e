package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.AudioSource;
import java.io.IOException;
import java.io.InputStream;

/** MP3 that is still arriving: each frame is sound as soon as it is whole. */
public final class Mp3Source implements AudioSource {
    private final InputStream in;

    public Mp3Source(InputStream in) {
        this.in = in;
    }

    /** Stricter than for files: any two bytes of sound may look like a frame's. */
    public static boolean beginsIn(byte[] bytes) {
        return Mp3Header.isAtStart(bytes)
                || (bytes.length > 3 && bytes[0] == 'I' && bytes[1] == 'D' && bytes[2] == '3');
    }

    @Override
    public void writeTo(AudioSink sink) throws IOException, InterruptedException {
        new Mp3Decoder().decode(in, sink);
    }
}
