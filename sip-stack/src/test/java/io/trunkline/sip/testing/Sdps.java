package io.trunkline.sip.testing;

/** Session descriptions for tests that care only that the right one arrives. */
public final class Sdps {
    private Sdps() {}

    public static String offer(int port) {
        return sdp(port, "sendrecv");
    }

    public static String sdp(int port, String direction) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- " + port + " 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio " + port + " RTP/AVP 0 8 101",
                "a=rtpmap:101 telephone-event/8000",
                "a=" + direction,
                "");
    }
}
