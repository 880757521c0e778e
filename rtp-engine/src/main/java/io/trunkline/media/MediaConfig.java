package io.trunkline.media;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the engine needs to know, once, at start.
 *
 * @param loops media threads; 0 means max(1, cores / 2)
 * @param firstPort lowest RTP port (rounded up to even)
 * @param lastPort highest port, inclusive
 * @param portQuarantine how long a closed port is not given out again
 * @param publicIpv4 the address put into SDP instead of the local one, when behind NAT
 * @param publicIpv6 the same for IPv6
 * @param mediaTimeout silence on the wire after which a leg reports {@link MediaEvent.MediaTimeout}
 * @param latchWindow how long after start another port of an allowed address may still latch
 * @param recordings folder for recording segments; names in it are ours alone
 * @param realtime ask for SCHED_FIFO and fine timer slack where the process may
 * @param ice how legs with connectivity checks are found
 */
public record MediaConfig(
        int loops,
        int firstPort,
        int lastPort,
        Duration portQuarantine,
        Optional<InetAddress> publicIpv4,
        Optional<InetAddress> publicIpv6,
        Duration mediaTimeout,
        Duration latchWindow,
        Path recordings,
        boolean realtime,
        IceConfig ice) {

    /** With nobody asked for our address outside. */
    public MediaConfig(
            int loops,
            int firstPort,
            int lastPort,
            Duration portQuarantine,
            Optional<InetAddress> publicIpv4,
            Optional<InetAddress> publicIpv6,
            Duration mediaTimeout,
            Duration latchWindow,
            Path recordings,
            boolean realtime) {
        this(
                loops,
                firstPort,
                lastPort,
                portQuarantine,
                publicIpv4,
                publicIpv6,
                mediaTimeout,
                latchWindow,
                recordings,
                realtime,
                IceConfig.DEFAULT);
    }

    public MediaConfig withIce(IceConfig other) {
        return new MediaConfig(
                loops,
                firstPort,
                lastPort,
                portQuarantine,
                publicIpv4,
                publicIpv6,
                mediaTimeout,
                latchWindow,
                recordings,
                realtime,
                other);
    }

    public static MediaConfig defaults(Path recordings) {
        return new MediaConfig(
                0,
                10000,
                20000,
                Duration.ofSeconds(6),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                recordings,
                true);
    }
}
