package io.trunkline.sip.jain;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** Closes a stranger's connection as it is accepted. */
final class GuardedServerSocket extends ServerSocket {
    private final Door door;
    private final LongAdder turnedAway;

    GuardedServerSocket(Door door, LongAdder turnedAway) throws IOException {
        super();
        this.door = door;
        this.turnedAway = turnedAway;
    }

    @Override
    public Socket accept() throws IOException {
        Socket socket = super.accept();
        while (!door.admits(socket.getInetAddress())) {
            turnedAway.increment();
            socket.close();
            socket = super.accept();
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
    }
}
