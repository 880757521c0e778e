package io.trunkline.media.amd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * What training learned: whether a frame holds speech, whether speech so far is a machine's, whether a
 * tone was a beep, and when the odds are good enough to act on. Immutable.
 *
 * @param voice over {@link VoiceFeatures}
 * @param machine over {@link Evidence}
 * @param beep over {@link BeepFeatures}
 * @param policy of {@link AnswerPolicy}
 */
public record Model(Forest voice, Forest machine, Forest beep, PolicyFigures policy) {
    private static final int MAGIC = 0x544c4133;
    private static final String RESOURCE = "model.bin";

    /** The one in the product. Loaded once, by whoever builds the engine. */
    public static Model shipped() {
        try (InputStream in = Model.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the detector's model is missing from this build: " + RESOURCE);
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the detector's model cannot be read", e);
        }
    }

    public static Model read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        if (in.readInt() != MAGIC) {
            throw new IOException("not a detector's model");
        }
        Forest voice = Forest.read(in, VoiceFeatures.COUNT);
        Forest machine = Forest.read(in, Evidence.COUNT);
        Forest beep = Forest.read(in, BeepFeatures.COUNT);
        return new Model(voice, machine, beep, PolicyFigures.read(in));
    }

    public void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        voice.write(out);
        machine.write(out);
        beep.write(out);
        policy.write(out);
        out.flush();
    }
}
