package io.trunkline.sip.wire;

/** Sends. Every method may block for as long as a connection takes, and must be called on the call's own worker. */
public interface Wire {
    /** Opens a client transaction. The wire adds Via and User-Agent. */
    ClientTx send(SipRequest request, Hop hop, Replies replies) throws WireException;

    /** Sends a request that has no transaction: the ACK of a 2xx. */
    void sendAlone(SipRequest request, Hop hop) throws WireException;

    /** What Contact says for this hop: {@code host:port}, with a transport parameter where it is not UDP. */
    String contactHostPort(Hop hop);

    /** The host by which we are known to that hop. */
    String localHost(Hop hop);

    /** Keeps the way through a NAT open: a pair of line breaks (RFC 5626 3.5.1). */
    void keepAlive(Hop hop) throws WireException;

    /** Whether nobody listens there: a UDP port that answers with ICMP. Takes a fraction of a second. */
    boolean refuses(Hop hop);
}
