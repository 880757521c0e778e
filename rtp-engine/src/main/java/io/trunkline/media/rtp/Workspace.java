package io.trunkline.media.rtp;

import java.nio.ByteBuffer;

/** A media loop's buffers, shared by all its legs because only one of them runs at a time. */
public final class Workspace {
    private static final int DATAGRAM_BYTES = 2048;
    /** 120 ms at 48 kHz, the longest packet of any codec. */
    private static final int LONGEST_PACKET_SAMPLES = 5760;

    public final ByteBuffer received = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    public final ByteBuffer toSend = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    public final RtpPacket packet = new RtpPacket();
    public final byte[] payload = new byte[DATAGRAM_BYTES];
    /** One decoded packet. */
    public final short[] decoded = new short[LONGEST_PACKET_SAMPLES];
    /** What was heard in this tick. */
    public final short[] heard = new short[LONGEST_PACKET_SAMPLES];
    /** What is said in this tick. */
    public final short[] said = new short[LONGEST_PACKET_SAMPLES];
    /** For resampling and mixing within one stage. */
    public final short[] scratch = new short[LONGEST_PACKET_SAMPLES];
}
