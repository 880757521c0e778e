package io.trunkline.media.engine;

import io.trunkline.media.NoMediaPortsException;
import io.trunkline.media.net.MediaSocket;
import io.trunkline.media.net.PortAllocator;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;

/** A leg's two bound sockets, RTP on the even port and RTCP on the next. */
record PortPair(MediaSocket rtp, DatagramChannel rtcp, PortAllocator ports) {
    private static final int MOST_BUSY = 200;

    /** Ports that something else on this machine uses are skipped. */
    static PortPair open(PortAllocator ports, InetAddress address) {
        for (int busy = 0; busy < MOST_BUSY; busy++) {
            int port = ports.take();
            if (port < 0) {
                throw new NoMediaPortsException("every RTP port is in use or resting");
            }
            try {
                return bind(ports, address, port);
            } catch (BindException taken) {
                ports.giveBack(port);
            } catch (IOException e) {
                ports.giveBack(port);
                throw new NoMediaPortsException("no socket for media: " + e.getMessage());
            }
        }
        throw new NoMediaPortsException("too many RTP ports are used by other programs");
    }

    private static PortPair bind(PortAllocator ports, InetAddress address, int port) throws IOException {
        MediaSocket rtp = MediaSocket.open(address, port);
        try {
            return new PortPair(rtp, MediaSocket.bind(address, port + 1), ports);
        } catch (IOException e) {
            rtp.close();
            throw e;
        }
    }

    int port() {
        return rtp.local().getPort();
    }

    /** The RTP socket closes at once; the numbers rest before they are used again. */
    void release() {
        rtp.close();
        ports.giveBack(port());
    }
}
