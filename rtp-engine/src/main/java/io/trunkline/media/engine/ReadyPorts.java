package io.trunkline.media.engine;

import io.trunkline.media.IceConfig.StunServer;
import io.trunkline.media.NoMediaPortsException;
import io.trunkline.media.ice.StunQuery;
import io.trunkline.media.net.PortAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Port pairs whose address outside is known before anybody wants them, so that a description has it at once and no call
 * waits for a STUN server. Has a thread of its own, which asks, and asks again while a pair waits: NATs forget. Whoever
 * takes a pair has it alone; when none is ready he opens one himself, without an address outside.
 */
final class ReadyPorts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyPorts.class);
    private static final int READY = 8;
    private static final int MOST_ADDRESSES = 16;
    private static final long FRESH_NANOS = 15_000_000_000L;
    private static final long AFTER_FAILURE_NANOS = 10_000_000_000L;
    private static final long STEP_NANOS = 10_000_000L;
    private static final long REST_NANOS = 1_000_000_000L;

    /** @param outside where the world sees the pair's RTP socket */
    record Ready(PortPair pair, InetSocketAddress outside, long askedNanos) {}

    private record Asking(PortPair pair, StunQuery query) {}

    /** The pairs of one local address. */
    private static final class Shelf {
        private final InetAddress address;
        private final ConcurrentLinkedQueue<Ready> ready = new ConcurrentLinkedQueue<>();
        private final List<Asking> asking = new ArrayList<>();
        private long notBeforeNanos = System.nanoTime();
        private boolean failing;

        Shelf(InetAddress address) {
            this.address = address;
        }
    }

    private final PortAllocator ports;
    private final List<StunServer> servers;
    private final Map<InetAddress, Shelf> shelves = new ConcurrentHashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private final Thread thread;
    private volatile boolean closed;

    ReadyPorts(PortAllocator ports, List<StunServer> servers) {
        this.ports = ports;
        this.servers = servers;
        thread = Thread.ofVirtual().name("stun").unstarted(this::run);
        if (!servers.isEmpty()) {
            thread.start();
        }
    }

    /** From now on, pairs of this address are kept ready. */
    void stock(InetAddress address) {
        if (!servers.isEmpty() && (shelves.containsKey(address) || shelves.size() < MOST_ADDRESSES)) {
            shelves.computeIfAbsent(address, Shelf::new);
            LockSupport.unpark(thread);
        }
    }

    Optional<Ready> take(InetAddress address) {
        Shelf shelf = shelves.get(address);
        Optional<Ready> taken = Optional.ofNullable(shelf == null ? null : shelf.ready.poll());
        stock(address);
        return taken;
    }

    private void run() {
        while (!closed) {
            boolean asking = false;
            for (Shelf shelf : shelves.values()) {
                asking |= step(shelf, System.nanoTime());
            }
            LockSupport.parkNanos(asking ? STEP_NANOS : REST_NANOS);
        }
        shelves.values().forEach(ReadyPorts::clear);
    }

    private boolean step(Shelf shelf, long nowNanos) {
        for (Ready oldest = shelf.ready.peek();
                oldest != null && nowNanos - oldest.askedNanos() > FRESH_NANOS;
                oldest = shelf.ready.peek()) {
            Ready again = shelf.ready.poll();
            if (again != null) {
                shelf.asking.add(ask(again.pair(), nowNanos));
            }
        }
        fill(shelf, nowNanos);
        for (Iterator<Asking> each = shelf.asking.iterator(); each.hasNext(); ) {
            if (isDone(shelf, each.next(), nowNanos)) {
                each.remove();
            }
        }
        return !shelf.asking.isEmpty();
    }

    private void fill(Shelf shelf, long nowNanos) {
        if (nowNanos - shelf.notBeforeNanos < 0) {
            return;
        }
        try {
            for (int have = shelf.ready.size() + shelf.asking.size(); have < READY; have++) {
                shelf.asking.add(ask(PortPair.open(ports, shelf.address), nowNanos));
            }
        } catch (NoMediaPortsException none) {
            shelf.notBeforeNanos = nowNanos + AFTER_FAILURE_NANOS;
        }
    }

    private Asking ask(PortPair pair, long nowNanos) {
        return new Asking(pair, new StunQuery(addresses(pair.rtp().local()), pair.rtp()::send, nowNanos));
    }

    /** Those that a socket of this family reaches, looked up each time: names move. */
    private List<InetSocketAddress> addresses(InetSocketAddress local) {
        List<InetSocketAddress> found = new ArrayList<>();
        for (StunServer server : servers) {
            try {
                Arrays.stream(InetAddress.getAllByName(server.host()))
                        .filter(address ->
                                address.getClass() == local.getAddress().getClass())
                        .findFirst()
                        .ifPresent(address -> found.add(new InetSocketAddress(address, server.port())));
            } catch (UnknownHostException unknown) {
                LOG.debug("STUN server {} is unknown", server.host());
            }
        }
        return found;
    }

    private boolean isDone(Shelf shelf, Asking asking, long nowNanos) {
        try {
            asking.query().onTick(nowNanos);
            for (InetSocketAddress from = asking.pair().rtp().receive(buffer);
                    from != null;
                    from = asking.pair().rtp().receive(buffer)) {
                asking.query().onDatagram(buffer, from);
            }
        } catch (IOException refused) {
            // An ICMP error for an earlier question: the next one may come through.
        }
        Optional<InetSocketAddress> seen = asking.query().seen();
        if (seen.isPresent()) {
            shelf.ready.add(new Ready(asking.pair(), seen.get(), nowNanos));
            tell(shelf, false);
            return true;
        }
        if (asking.query().hasFailed(nowNanos)) {
            close(asking.pair());
            shelf.notBeforeNanos = nowNanos + AFTER_FAILURE_NANOS;
            tell(shelf, true);
            return true;
        }
        return false;
    }

    private void tell(Shelf shelf, boolean failing) {
        if (failing != shelf.failing) {
            shelf.failing = failing;
            if (failing) {
                LOG.warn("no STUN server of {} answers {}", servers, shelf.address.getHostAddress());
            } else {
                LOG.info("STUN servers answer {} again", shelf.address.getHostAddress());
            }
        }
    }

    private static void clear(Shelf shelf) {
        shelf.asking.forEach(asking -> close(asking.pair()));
        for (@Nullable Ready left = shelf.ready.poll(); left != null; left = shelf.ready.poll()) {
            close(left.pair());
        }
    }

    private static void close(PortPair pair) {
        pair.release();
        try {
            pair.rtcp().close();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
