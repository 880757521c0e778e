package io.trunkline.media.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Packets waiting for their turn, by extended sequence number. Holds at most {@value #SLOTS}: when the peer runs
 * further ahead the oldest are given up and counted.
 */
public final class JitterBuffer {
    static final int SLOTS = 32;
    private static final int FIRST_SLOT_BYTES = 176;
    private static final int MASK = SLOTS - 1;
    private static final long EMPTY = -1;

    private final long[] sequences = new long[SLOTS];
    private final int[] timestamps = new int[SLOTS];
    private final int[] payloadTypes = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private byte[] payloads = new byte[SLOTS * FIRST_SLOT_BYTES];
    private int slotBytes = FIRST_SLOT_BYTES;
    private long next = EMPTY;
    private long highest = EMPTY;
    private int waiting;
    private long duplicates;
    private long givenUp;

    public JitterBuffer() {
        Arrays.fill(sequences, EMPTY);
    }

    /** Forgets everything; {@code firstSequence} is what is expected next. */
    public void reset(long firstSequence) {
        Arrays.fill(sequences, EMPTY);
        waiting = 0;
        next = firstSequence;
        highest = firstSequence - 1;
    }

    /** Copies a packet's payload in; false for a duplicate or one whose turn has passed. */
    public boolean insert(long sequence, RtpPacket packet, ByteBuffer datagram) {
        if (sequence < next) {
            return false;
        }
        makeRoomFor(sequence);
        int slot = (int) sequence & MASK;
        if (sequences[slot] == sequence) {
            duplicates++;
            return false;
        }
        growTo(packet.payloadLength());
        sequences[slot] = sequence;
        timestamps[slot] = packet.timestamp();
        payloadTypes[slot] = packet.payloadType();
        lengths[slot] = packet.payloadLength();
        datagram.get(packet.payloadOffset(), payloads, slot * slotBytes, packet.payloadLength());
        highest = Math.max(highest, sequence);
        waiting++;
        return true;
    }

    private void makeRoomFor(long sequence) {
        while (sequence - next >= SLOTS) {
            if (waiting == 0) {
                next = sequence;
                return;
            }
            int slot = (int) next & MASK;
            if (sequences[slot] == next) {
                sequences[slot] = EMPTY;
                waiting--;
                givenUp++;
            }
            next++;
        }
    }

    private void growTo(int length) {
        if (length <= slotBytes) {
            return;
        }
        byte[] larger = new byte[SLOTS * length];
        for (int slot = 0; slot < SLOTS; slot++) {
            System.arraycopy(payloads, slot * slotBytes, larger, slot * length, slotBytes);
        }
        payloads = larger;
        slotBytes = length;
    }

    /** The slot of the oldest waiting packet, or −1. */
    public int oldest() {
        if (waiting == 0) {
            return -1;
        }
        for (long sequence = next; sequence <= highest; sequence++) {
            int slot = (int) sequence & MASK;
            if (sequences[slot] == sequence) {
                return slot;
            }
        }
        return -1;
    }

    /** True when packets before this slot's are missing. */
    public boolean hasHoleBefore(int slot) {
        return sequences[slot] != next;
    }

    /** This slot's packet is done with; those before it will not be taken any more. */
    public void remove(int slot) {
        next = sequences[slot] + 1;
        sequences[slot] = EMPTY;
        waiting--;
    }

    public int timestamp(int slot) {
        return timestamps[slot];
    }

    public int payloadType(int slot) {
        return payloadTypes[slot];
    }

    /** Shared by all slots: see {@link #offset} and {@link #length}. */
    public byte[] payloads() {
        return payloads;
    }

    public int offset(int slot) {
        return slot * slotBytes;
    }

    public int length(int slot) {
        return lengths[slot];
    }

    public int waiting() {
        return waiting;
    }

    public long duplicates() {
        return duplicates;
    }

    public long givenUp() {
        return givenUp;
    }
}
