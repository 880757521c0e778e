package io.trunkline.media.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A UDP socket on loopback whose packets the kernel itself stamps when they arrive, so that neither the reader's own
 * lateness nor the cost of waking it falsifies a measurement. Linux only, through the C library.
 */
final class StampedSocket {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_NONBLOCK = 2 | 0x800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int LOOPBACK = 0x0100007f;
    private static final int ADDRESS_BYTES = 16;
    private static final int DATAGRAM_BYTES = 2048;
    private static final int CONTROL_BYTES = 64;
    private static final int MESSAGE_BYTES = 56;

    private static final MethodHandle SOCKET = function("socket", 3, "iii");
    private static final MethodHandle BIND = function("bind", 3, "iai");
    private static final MethodHandle NAME = function("getsockname", 3, "iaa");
    private static final MethodHandle OPTION = function("setsockopt", 5, "iiiai");
    private static final MethodHandle RECEIVE = function("recvmsg", 3, "iai");
    private static final MethodHandle SEND = function("sendto", 6, "ialiai");

    /** What all sockets of the one thread that reads share. */
    static final class Buffers {
        final MemorySegment datagram;
        private final MemorySegment from;
        private final MemorySegment control;
        private final MemorySegment vector;
        private final MemorySegment message;

        Buffers(Arena arena) {
            datagram = arena.allocate(DATAGRAM_BYTES, 8);
            from = arena.allocate(ADDRESS_BYTES, 8);
            control = arena.allocate(CONTROL_BYTES, 8);
            vector = arena.allocate(16, 8);
            message = arena.allocate(MESSAGE_BYTES, 8);
            vector.set(ValueLayout.ADDRESS, 0, datagram);
            vector.set(ValueLayout.JAVA_LONG, 8, DATAGRAM_BYTES);
        }

        /** Where the last datagram came from: its port, on loopback. */
        int senderPort() {
            return (from.get(ValueLayout.JAVA_BYTE, 2) & 0xff) << 8 | (from.get(ValueLayout.JAVA_BYTE, 3) & 0xff);
        }

        /** struct msghdr: what the last call wrote into it is put back. */
        private void prepare() {
            message.set(ValueLayout.ADDRESS, 0, from);
            message.set(ValueLayout.JAVA_INT, 8, ADDRESS_BYTES);
            message.set(ValueLayout.ADDRESS, 16, vector);
            message.set(ValueLayout.JAVA_LONG, 24, 1);
            message.set(ValueLayout.ADDRESS, 32, control);
            message.set(ValueLayout.JAVA_LONG, 40, CONTROL_BYTES);
        }
    }

    private final int descriptor;
    private final MemorySegment remote;
    private boolean heard;

    StampedSocket(Arena arena) {
        remote = arena.allocate(ADDRESS_BYTES, 8);
        try {
            descriptor = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_NONBLOCK, 0);
            MemorySegment local = arena.allocate(ADDRESS_BYTES, 8);
            local.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
            local.set(ValueLayout.JAVA_INT, 4, LOOPBACK);
            check((int) BIND.invokeExact(descriptor, local, ADDRESS_BYTES));
            MemorySegment on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            check((int) OPTION.invokeExact(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, on, 4));
        } catch (Throwable e) {
            throw new IllegalStateException("no socket", e);
        }
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("the C library said " + result);
        }
    }

    int port(Arena arena) {
        MemorySegment local = arena.allocate(ADDRESS_BYTES, 8);
        try {
            check((int) NAME.invokeExact(descriptor, local, arena.allocateFrom(ValueLayout.JAVA_INT, ADDRESS_BYTES)));
        } catch (Throwable e) {
            throw new IllegalStateException("no port", e);
        }
        return (local.get(ValueLayout.JAVA_BYTE, 2) & 0xff) << 8 | (local.get(ValueLayout.JAVA_BYTE, 3) & 0xff);
    }

    /** The kernel's stamp of the next datagram, in nanoseconds; −1 when none waits. */
    long receive(Buffers buffers) {
        buffers.prepare();
        int length;
        try {
            length = (int) RECEIVE.invokeExact(descriptor, buffers.message, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot receive", e);
        }
        if (length < 0) {
            return -1;
        }
        if (!heard) {
            heard = true;
            remote.copyFrom(buffers.from);
        }
        // struct cmsghdr is 16 bytes, then the struct timespec.
        return buffers.control.get(ValueLayout.JAVA_LONG, 16) * 1_000_000_000L
                + buffers.control.get(ValueLayout.JAVA_LONG, 24);
    }

    boolean hasHeard() {
        return heard;
    }

    /** To where the first datagram came from. */
    boolean send(MemorySegment datagram) {
        try {
            return (int) SEND.invokeExact(descriptor, datagram, datagram.byteSize(), 0, remote, ADDRESS_BYTES) > 0;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot send", e);
        }
    }

    /** To where the datagram in {@code buffers} came from. */
    boolean reply(Buffers buffers, MemorySegment datagram) {
        try {
            return (int) SEND.invokeExact(descriptor, datagram, datagram.byteSize(), 0, buffers.from, ADDRESS_BYTES)
                    > 0;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot send", e);
        }
    }

    /** {@code types}: i for int, l for long, a for address; the result is an int. */
    @SuppressWarnings("restricted") // functions of the C library
    private static MethodHandle function(String name, int count, String types) {
        ValueLayout[] layouts = new ValueLayout[count];
        for (int i = 0; i < count; i++) {
            layouts[i] = switch (types.charAt(i)) {
                case 'i' -> ValueLayout.JAVA_INT;
                case 'l' -> ValueLayout.JAVA_LONG;
                default -> ValueLayout.ADDRESS;
            };
        }
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
    }
}
