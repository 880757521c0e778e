package io.trunkline.sip.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A SIP phone on UDP that does exactly what the test tells it, message by message, and nothing by itself: neither
 * retransmission nor a polite answer. What it receives twice it shows once, unless asked.
 */
public final class ScriptedPhone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final DatagramSocket socket;
    private final Set<String> seen = new HashSet<>();
    private final AtomicLong branches = new AtomicLong();
    private int peerPort;

    public ScriptedPhone() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String uri() {
        return "sip:phone@127.0.0.1:" + port();
    }

    /** The port to which {@link #send} goes; set by every message received. */
    public void peer(int port) {
        peerPort = port;
    }

    /** The next message that is not a repetition; it must be of this method or code. */
    public RawMessage expect(String what) {
        return expect(what, PATIENCE);
    }

    /** The same for what may take its time. */
    public RawMessage expect(String what, Duration patience) {
        RawMessage message = next(patience);
        boolean right =
                message.isResponse() ? what.equals(Integer.toString(message.code())) : what.equals(message.method());
        if (!right) {
            throw new AssertionError("expected " + what + ", got:\n" + message.text());
        }
        return message;
    }

    /** The next message that is not a repetition, whatever it is. */
    public RawMessage receiveNew() {
        return next(PATIENCE);
    }

    /** The final answer of this code; a 100 before it is not worth a word. */
    public RawMessage expectFinal(int code) {
        RawMessage message = next(PATIENCE);
        while (message.code() == 100) {
            message = next(PATIENCE);
        }
        if (message.code() != code) {
            throw new AssertionError("expected " + code + ", got:\n" + message.text());
        }
        return message;
    }

    private RawMessage next(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            RawMessage message = receive(Duration.ofNanos(deadline - System.nanoTime()));
            boolean knock = message.text().isBlank(); // line breaks that ask whether anybody listens
            if (!knock && seen.add(identity(message))) {
                return message;
            }
        }
    }

    /** The next message, repetition or not. */
    public RawMessage receive(Duration patience) {
        try {
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            peerPort = packet.getPort();
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            return new RawMessage(text, packet.getPort());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came within " + patience, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if anything but repetitions of what is known arrives in this time. */
    public void expectNothing(Duration time) {
        RawMessage message;
        try {
            message = next(time);
        } catch (AssertionError e) {
            return;
        }
        throw new AssertionError("expected nothing, got:\n" + message.text());
    }

    private static String identity(RawMessage message) {
        return message.isResponse()
                ? message.code() + message.header("CSeq") + message.toTag()
                : message.header("Via") + message.method();
    }

    public void send(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), peerPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a request; {@code more} are further header lines. */
    public String respond(RawMessage request, int code, String phrase, String tag, String body, String... more) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + code + " " + phrase + "\r\n");
        request.headers("Via").forEach(v -> line(text, "Via: " + v));
        request.headers("Record-Route").forEach(v -> line(text, "Record-Route: " + v));
        line(text, "From: " + request.header("From"));
        boolean tagged = request.header("To").contains(";tag=") || tag.isEmpty();
        line(text, "To: " + request.header("To") + (tagged ? "" : ";tag=" + tag));
        line(text, "Call-ID: " + request.header("Call-ID"));
        line(text, "CSeq: " + request.header("CSeq"));
        boolean contact = java.util.Arrays.stream(more).anyMatch(h -> h.startsWith("Contact:"));
        if (code > 100 && code < 300 && !contact) {
            line(text, "Contact: <" + uri() + ">");
        }
        finish(text, body, more);
        send(text.toString());
        return text.toString();
    }

    public String respond(RawMessage request, int code, String phrase, String tag) {
        return respond(request, code, phrase, tag, "");
    }

    /** A request of the callee inside the dialog that this INVITE of the peer made. */
    public String requestAsCallee(
            RawMessage invite, String tag, String method, long cseq, String body, String... more) {
        StringBuilder text = new StringBuilder(method + " " + invite.contactUri() + " SIP/2.0\r\n");
        line(text, via());
        line(text, "From: " + invite.header("To") + ";tag=" + tag);
        line(text, "To: " + invite.header("From"));
        line(text, "Call-ID: " + invite.header("Call-ID"));
        return finishRequest(text, method, cseq, body, more);
    }

    /** A first request of ours. */
    public String invite(String target, String callId, long cseq, String body, String... more) {
        StringBuilder text = new StringBuilder("INVITE " + target + " SIP/2.0\r\n");
        line(text, via());
        line(text, "From: \"Ann\" <sip:+15557654321@127.0.0.1>;tag=phone");
        line(text, "To: <" + target + ">");
        line(text, "Call-ID: " + callId);
        return finishRequest(text, "INVITE", cseq, body, more);
    }

    /** Takes back an INVITE of ours, given as {@link #invite} returned it (RFC 3261 9.1). */
    public void cancel(String invite) {
        String head = invite.substring(0, invite.indexOf("\r\n\r\n"))
                .replaceFirst("^INVITE ", "CANCEL ")
                .replaceFirst("\r\nCSeq: (\\d+) INVITE", "\r\nCSeq: $1 CANCEL")
                .replaceAll("\r\n(Contact|Content-[A-Za-z]+|Replaces): [^\r\n]*", "");
        send(head + "\r\nContent-Length: 0\r\n\r\n");
    }

    /** A request of the caller inside the dialog that this response of the peer made. */
    public String requestAsCaller(RawMessage response, String method, long cseq, String body, String... more) {
        StringBuilder text = new StringBuilder(method + " " + response.contactUri() + " SIP/2.0\r\n");
        line(text, via());
        line(text, "From: " + response.header("From"));
        line(text, "To: " + response.header("To"));
        line(text, "Call-ID: " + response.header("Call-ID"));
        return finishRequest(text, method, cseq, body, more);
    }

    private String finishRequest(StringBuilder text, String method, long cseq, String body, String... more) {
        line(text, "CSeq: " + cseq + " " + method);
        line(text, "Max-Forwards: 70");
        boolean contact = java.util.Arrays.stream(more).anyMatch(h -> h.startsWith("Contact:"));
        if (!contact && !method.equals("BYE") && !method.equals("ACK")) {
            line(text, "Contact: <" + uri() + ">");
        }
        finish(text, body, more);
        send(text.toString());
        return text.toString();
    }

    public String via() {
        return "Via: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bK" + port() + "x" + branches.incrementAndGet()
                + ";rport";
    }

    private static void finish(StringBuilder text, String body, String... more) {
        for (String header : more) {
            line(text, header);
        }
        boolean typed = java.util.Arrays.stream(more).anyMatch(h -> h.startsWith("Content-Type:"));
        if (!body.isEmpty() && !typed) {
            line(text, "Content-Type: application/sdp");
        }
        line(text, "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        text.append("\r\n").append(body);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }

    @Override
    public void close() {
        socket.close();
    }
}
