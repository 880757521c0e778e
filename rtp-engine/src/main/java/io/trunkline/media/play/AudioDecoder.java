package io.trunkline.media.play;

import io.trunkline.media.AudioSink;
import io.trunkline.media.UnplayableAudioException;
import io.trunkline.media.UnplayableAudioException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file format, decoded as it streams by. */
interface AudioDecoder {
    /** How much of the beginning tells the format. */
    int SNIFF_BYTES = 16_384;

    String format();

    /** Decodes to the end of {@code in}; what is cut off or damaged after the first samples is left out. */
    void decode(InputStream in, AudioSink sink) throws IOException, InterruptedException;

    /** Chooses by content; {@code in} must support mark and is left at its beginning. */
    static AudioDecoder sniff(BufferedInputStream in) throws IOException {
        in.mark(SNIFF_BYTES);
        byte[] head = in.readNBytes(SNIFF_BYTES);
        in.reset();
        return sniff(head);
    }

    private static AudioDecoder sniff(byte[] head) throws UnplayableAudioException {
        if (head.length == 0) {
            throw new UnplayableAudioException(Reason.EMPTY, "the file is empty");
        }
        if (begins(head, "RIFF") || begins(head, "RF64")) {
            return new WavDecoder();
        }
        if (begins(head, "OggS")) {
            return new OggOpusDecoder();
        }
        if (Mp3Decoder.recognizes(head)) {
            return new Mp3Decoder();
        }
        throw new UnplayableAudioException(known(head) ? Reason.UNSUPPORTED : Reason.NOT_AUDIO, describe(head));
    }

    private static boolean known(byte[] head) {
        return begins(head, "fLaC") || begins(head, "FORM") || begins(head, ".snd") || isMp4(head) || isWebm(head);
    }

    private static String describe(byte[] head) {
        if (known(head)) {
            String name =
                    begins(head, "fLaC") ? "FLAC" : isMp4(head) ? "MP4 or M4A" : isWebm(head) ? "WebM" : "AIFF or AU";
            return name + " is not supported; use WAV, MP3 or Ogg/Opus";
        }
        return begins(head, "<") || begins(head, "{")
                ? "not audio: it looks like text, perhaps an error page"
                : "not audio: neither WAV, MP3 nor Ogg/Opus";
    }

    private static boolean isMp4(byte[] head) {
        return head.length > 8 && begins(Arrays.copyOfRange(head, 4, 8), "ftyp");
    }

    private static boolean isWebm(byte[] head) {
        return begins(head, "\u001aE");
    }

    private static boolean begins(byte[] head, String magic) {
        if (head.length < magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if (head[i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
