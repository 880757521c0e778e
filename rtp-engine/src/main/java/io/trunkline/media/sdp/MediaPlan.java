package io.trunkline.media.sdp;

import io.trunkline.media.Codec;
import io.trunkline.media.Direction;
import io.trunkline.media.codec.CodecParams;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * All that a leg needs to run after an offer and an answer.
 *
 * @param codec what we send
 * @param send how: the payload type, packet length and parameters the peer asked for
 * @param receive the same codec with our own numbers
 * @param receiveTypes every payload type the peer may send audio in
 * @param sendDigits the telephone-event format of the peer (RFC 4733), if it takes any
 * @param receiveDigits telephone-event payload types the peer may send, with their clock rates
 * @param remoteRtp where to send; empty while the peer has no address (held by 0.0.0.0)
 * @param remoteRtcp where reports go; equal to {@code remoteRtp} with rtcp-mux
 * @param direction what we now do
 * @param remoteDirection what the peer said, with 0.0.0.0 counted as not receiving
 * @param security the peer's profile and attributes: crypto, fingerprint, ICE
 */
public record MediaPlan(
        Codec codec,
        CodecParams send,
        CodecParams receive,
        Map<Integer, Codec> receiveTypes,
        Optional<TelephoneEvent> sendDigits,
        Map<Integer, Integer> receiveDigits,
        Optional<InetSocketAddress> remoteRtp,
        Optional<InetSocketAddress> remoteRtcp,
        boolean rtcpMux,
        Direction direction,
        Direction remoteDirection,
        MediaSecurity.Remote security) {
    /** RFC 3389 section 4: the static payload type of comfort noise, understood whenever it is not taken. */
    public static final int COMFORT_NOISE = 13;

    public MediaPlan {
        receiveTypes = Map.copyOf(receiveTypes);
        receiveDigits = Map.copyOf(receiveDigits);
    }

    /** A telephone-event format; its clock may differ from the codec's. */
    public record TelephoneEvent(int payloadType, int clockRate) {}

    public boolean sends() {
        return direction == Direction.SENDRECV || direction == Direction.SENDONLY;
    }

    public boolean receives() {
        return direction == Direction.SENDRECV || direction == Direction.RECVONLY;
    }
}
