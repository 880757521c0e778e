package io.trunkline.media.graph;

import io.trunkline.media.rtp.Decoders;
import io.trunkline.media.rtp.Playout;
import io.trunkline.media.rtp.RtpPacket;
import io.trunkline.media.sdp.MediaPlan;

/** The part of a leg's graph that a negotiation decides. */
record Voice(MediaPlan plan, Decoders decoders, Playout playout, Packetizer packetizer) {
    int sampleRate() {
        return decoders.sampleRate();
    }

    int clockRate() {
        return plan.codec().clockRate();
    }

    Voice with(MediaPlan now) {
        return new Voice(now, decoders, playout, packetizer);
    }

    boolean sameFormatAs(MediaPlan other) {
        return plan.codec() == other.codec()
                && plan.send().equals(other.send())
                && plan.receive().equals(other.receive())
                && plan.receiveTypes().equals(other.receiveTypes());
    }

    boolean isAudio(RtpPacket packet) {
        return decoders.isAudio(packet.payloadType());
    }

    boolean isDigit(RtpPacket packet) {
        return plan.receiveDigits().containsKey(packet.payloadType());
    }

    /** RFC 3389 section 4: the static type, unless the peer uses the number for something else. */
    boolean isNoise(RtpPacket packet) {
        return packet.payloadType() == MediaPlan.COMFORT_NOISE && !isAudio(packet);
    }

    void close() {
        decoders.close();
        packetizer.close();
    }
}
