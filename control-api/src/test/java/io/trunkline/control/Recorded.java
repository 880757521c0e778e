package io.trunkline.control;

import io.trunkline.media.testing.Goertzel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a call's recording holds of one side. */
public final class Recorded {
    private static final int WAV_HEADER = 44;
    private static final int RATE = 8000;
    private static final int WINDOW = 80;
    private static final double AUDIBLE_DB = -30;

    private Recorded() {}

    /** The right channel: what we said, as it was sent. */
    static short[] outbound(RunningServer server, String callId) throws Exception {
        return side(server, callId, 1);
    }

    /** The left channel: what the other side said, as it came. */
    static short[] inbound(RunningServer server, String callId) throws Exception {
        return side(server, callId, 0);
    }

    private static short[] side(RunningServer server, String callId, int channel) throws Exception {
        String recording = server.show(callId).getJsonArray("recordings").getString(0);
        return side(server.bytes("/v1/recordings/" + recording + "/audio").body(), channel);
    }

    /** @param channel 0: what the other side said; 1: what we said */
    public static short[] side(byte[] wav, int channel) {
        ByteBuffer in = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(24) != RATE) {
            throw new AssertionError("recorded at " + in.getInt(24));
        }
        short[] side = new short[(wav.length - WAV_HEADER) / 4];
        for (int i = 0; i < side.length; i++) {
            side[i] = in.getShort(WAV_HEADER + 4 * i + 2 * channel);
        }
        return side;
    }

    /** How long a tone was heard, to ten milliseconds. */
    public static double millisOf(short[] samples, double hertz) {
        int count = 0;
        for (int at = 0; at + WINDOW <= samples.length; at += WINDOW) {
            count += audible(samples, at, hertz) ? 1 : 0;
        }
        return count * 10.0;
    }

    /** The longest hole between the first and the last sound of a tone, to ten milliseconds. */
    static int longestGapMs(short[] samples, double hertz) {
        int longest = 0;
        int since = -1;
        for (int at = 0; at + WINDOW <= samples.length; at += WINDOW) {
            if (audible(samples, at, hertz)) {
                longest = since < 0 ? 0 : Math.max(longest, at - since - WINDOW);
                since = at;
            }
        }
        return longest * 1000 / RATE;
    }

    private static boolean audible(short[] samples, int at, double hertz) {
        return Goertzel.levelDb(samples, at, WINDOW, hertz, RATE) > AUDIBLE_DB;
    }
}
