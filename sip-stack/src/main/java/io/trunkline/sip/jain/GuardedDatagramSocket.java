package io.trunkline.sip.jain;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.LongAdder;

/** Drops a stranger's datagram before anything parses it: no answer, no log line, one counter. */
final class GuardedDatagramSocket extends DatagramSocket {
    private final Door door;
    private final LongAdder turnedAway;

    GuardedDatagramSocket(SocketAddress local, Door door, LongAdder turnedAway) throws SocketException {
        super(local);
        this.door = door;
        this.turnedAway = turnedAway;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int room = packet.getLength();
        super.receive(packet);
        while (!door.admits(packet.getAddress(), packet.getPort())) {
            turnedAway.increment();
            packet.setLength(room);
            super.receive(packet);
        }
    }
}
