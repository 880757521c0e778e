package io.trunkline.sip.jain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** Closes a stranger's connection as it is accepted. */
final class GuardedServerSocket extends ServerSocket {
    /** Asked for each connection. */
    interface Guard {
        boolean admits(InetAddress address, int port);
    }

    private final Guard guard;
    private final LongAdder turnedAway;

    GuardedServerSocket(Guard guard, LongAdder turnedAway) throws IOException {
        super();
        this.guard = guard;
        this.turnedAway = turnedAway;
    }

    @Override
    public Socket accept() throws IOException {
        Socket socket = super.accept();
        while (!guard.admits(socket.getInetAddress(), socket.getPort())) {
            turnedAway.increment();
            socket.close();
            socket = super.accept();
        }
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return socket;
    }
}
