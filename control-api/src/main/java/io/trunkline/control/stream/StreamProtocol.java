package io.trunkline.control.stream;

import java.util.List;

/** How one vendor's stream looks on the wire; one instance a connection, on the connection's context. */
interface StreamProtocol {
    /** How the call's sound is written. */
    WireFormat format();

    /** The WebSocket subprotocols to offer, the best first. */
    default List<String> subprotocols() {
        return List.of();
    }

    /** The first messages: nothing goes out before them. */
    void open(Wire wire);

    void audio(Wire wire, SentFrame frame);

    void digit(Wire wire, char digit, int durationMs);

    /** @param played false when what stood before the mark was cleared */
    void mark(Wire wire, String name, boolean played, long playedMs);

    default void cleared(Wire wire, long playedMs, long droppedMs) {
        // most protocols have no word for it
    }

    default void drained(Wire wire, long playedMs) {
        // most protocols have no word for it
    }

    /** Flow control, where the protocol has it: false asks the program to hold back. */
    default void flow(Wire wire, boolean go) {
        // most protocols have no word for it
    }

    /** The program said something that is not understood. */
    default void misunderstood(Wire wire, String why) {
        // most protocols have no word for it
    }

    /** The last message. */
    void close(Wire wire, String reason);

    void onText(String message, StreamOrders orders);

    default void onBinary(byte[] message, StreamOrders orders) {
        orders.misunderstood("a binary message");
    }
}
