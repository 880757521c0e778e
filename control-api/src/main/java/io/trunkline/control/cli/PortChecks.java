package io.trunkline.control.cli;

import io.trunkline.control.ControlConfig;
import io.trunkline.media.MediaConfig;
import io.trunkline.sip.SipConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whether the ports are free that the server would take. */
final class PortChecks {
    private static final int SAMPLES = 100;

    private PortChecks() {}

    static List<Check> all(ControlConfig config) {
        List<Check> checks = new ArrayList<>();
        for (String address : config.http().bind()) {
            checks.add(tcp(
                    "http port", "TRUNKLINE_HTTP_PORT", address, config.http().port()));
        }
        SipConfig sip = config.sip();
        for (String address : sip.bind()) {
            checks.add(udp("sip port", "TRUNKLINE_SIP_PORT", address, sip.port()));
            checks.add(tcp("sip port", "TRUNKLINE_SIP_PORT", address, sip.port()));
            checks.add(tcp("sip tls port", "TRUNKLINE_SIP_TLS_PORT", address, sip.tlsPort()));
        }
        checks.add(media(config.rtp(), sip.bind().getFirst()));
        return checks;
    }

    static Check tcp(String name, String variable, String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return free(name, "TCP", address, port);
        } catch (IOException e) {
            return taken(name, variable, "TCP " + address + " port " + port, e);
        }
    }

    static Check udp(String name, String variable, String address, int port) {
        return udpIsFree(address, port)
                ? free(name, "UDP", address, port)
                : taken(name, variable, "UDP " + address + " port " + port, new SocketException("Address in use"));
    }

    private static Check free(String name, String protocol, String address, int port) {
        return Check.ok(name, protocol + " " + address + " port " + port + " is free");
    }

    /** A family the machine lacks is skipped at the start, and so is no failure here. */
    private static Check taken(String name, String variable, String place, IOException why) {
        if (String.valueOf(why.getMessage()).contains("Cannot assign")
                || String.valueOf(why.getMessage()).contains("not supported")) {
            return Check.warn(name, place + " is not on this machine", "it is skipped if the whole family is missing");
        }
        return Check.fail(
                name,
                place + " cannot be taken: " + why.getMessage(),
                "stop what holds it (a running trunkline?), or set " + variable + " to another port");
    }

    /** Busy ports are skipped when calls come, so that a few do not matter. */
    private static Check media(MediaConfig rtp, String address) {
        int step = Math.max(2, (rtp.lastPort() - rtp.firstPort()) / SAMPLES);
        List<Integer> tried = IntStream.iterate(rtp.firstPort(), port -> port <= rtp.lastPort(), port -> port + step)
                .boxed()
                .toList();
        long free = tried.stream().filter(port -> udpIsFree(address, port)).count();
        String finding = "UDP " + rtp.firstPort() + "-" + rtp.lastPort() + ": " + free + " free of " + tried.size()
                + " tried, room for " + (rtp.lastPort() - rtp.firstPort() + 1) / 2 + " calls";
        return free * 2 >= tried.size()
                ? Check.ok("rtp ports", finding)
                : Check.warn("rtp ports", finding, "set TRUNKLINE_RTP_PORTS to a range that nothing else uses");
    }

    private static boolean udpIsFree(String address, int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return true;
        } catch (SocketException e) {
            return false;
        }
    }
}
