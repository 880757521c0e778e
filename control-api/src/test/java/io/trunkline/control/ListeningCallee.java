package io.trunkline.control;

import io.trunkline.media.SampleFormat;
import io.trunkline.sip.testing.RawMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A carrier of raw sockets whose phones all pick up at one moment, send silence (G.711 A-law), and note when the first
 * packet with a sound in it came.
 */
final class ListeningCallee implements AutoCloseable {
    private static final int AUDIBLE = 330;
    private static final int HEADER = 12;
    private static final int FRAME = 160;
    private static final long TICK_NANOS = 20_000_000;
    private static final byte ALAW_SILENCE = (byte) 0xd5;
    private static final Pattern AUDIO_PORT = Pattern.compile("m=audio (\\d+)");

    private final DatagramSocket sip = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private volatile boolean running = true;

    ListeningCallee() throws IOException {
        Thread.ofPlatform().daemon(true).start(this::receive);
    }

    int port() {
        return sip.getLocalPort();
    }

    List<Phone> phones() {
        return List.copyOf(phones.values());
    }

    /** Those of a round that is over. */
    void forgetPhones() {
        phones.values().forEach(phone -> phone.rtp.close());
        phones.clear();
    }

    void pickUpAll() throws IOException {
        for (Phone phone : phones.values()) {
            phone.pickUp();
        }
    }

    private void receive() {
        byte[] buffer = new byte[65_536];
        while (running) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                sip.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                handle(new RawMessage(text, packet.getPort()), packet.getSocketAddress());
            } catch (IOException closed) {
                running = false;
            }
        }
    }

    private void handle(RawMessage message, SocketAddress from) throws IOException {
        if (message.isResponse() || message.method().equals("ACK")) {
            return;
        }
        if (!message.method().equals("INVITE")) {
            send(response(message, "200 OK", ""), from);
            return;
        }
        Phone phone = phones.get(message.header("Call-ID"));
        if (phone == null) {
            phone = new Phone(message, from);
            phones.put(message.header("Call-ID"), phone);
        }
        send(phone.last, from);
    }

    private void send(String text, SocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sip.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private String response(RawMessage request, String status, String sdp) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        request.headers("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        String to = request.header("To");
        text.append("From: ").append(request.header("From")).append("\r\n");
        text.append("To: ")
                .append(to.contains("tag=") ? to : to + ";tag=callee")
                .append("\r\n");
        text.append("Call-ID: ").append(request.header("Call-ID")).append("\r\n");
        text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
        text.append("Contact: <sip:callee@127.0.0.1:").append(port()).append(">\r\n");
        if (!sdp.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        return text.append("Content-Length: ")
                .append(sdp.length())
                .append("\r\n\r\n")
                .append(sdp)
                .toString();
    }

    /** One of them. */
    final class Phone {
        private final RawMessage invite;
        private final SocketAddress from;
        private final DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final InetSocketAddress remote;
        private final CompletableFuture<Long> firstSound = new CompletableFuture<>();
        private volatile String last;
        private volatile long pickedUpNanos;

        Phone(RawMessage invite, SocketAddress from) throws IOException {
            this.invite = invite;
            this.from = from;
            Matcher audio = AUDIO_PORT.matcher(invite.body());
            if (!audio.find()) {
                throw new IOException("no audio offered: " + invite.body());
            }
            remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(audio.group(1)));
            last = response(invite, "180 Ringing", "");
        }

        void pickUp() throws IOException {
            String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                    + rtp.getLocalPort() + " RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n";
            Thread.ofPlatform().daemon(true).start(this::listen);
            last = response(invite, "200 OK", sdp);
            pickedUpNanos = System.nanoTime();
            send(last, from);
            Thread.ofVirtual().start(this::beSilent);
        }

        long pickedUpNanos() {
            return pickedUpNanos;
        }

        /** When the first sound came, by {@link System#nanoTime}. */
        CompletableFuture<Long> firstSound() {
            return firstSound;
        }

        private void beSilent() {
            byte[] packet = new byte[HEADER + FRAME];
            Arrays.fill(packet, HEADER, packet.length, ALAW_SILENCE);
            packet[0] = (byte) 0x80;
            packet[1] = 8;
            long due = System.nanoTime();
            for (int sequence = 0; running; sequence++) {
                packet[2] = (byte) (sequence >> 8);
                packet[3] = (byte) sequence;
                int timestamp = sequence * FRAME;
                for (int i = 0; i < 4; i++) {
                    packet[4 + i] = (byte) (timestamp >> (24 - 8 * i));
                }
                try {
                    rtp.send(new DatagramPacket(packet, packet.length, remote));
                } catch (IOException closed) {
                    return;
                }
                due += TICK_NANOS;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }

        private void listen() {
            byte[] buffer = new byte[2048];
            try {
                while (running && !firstSound.isDone()) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    rtp.receive(packet);
                    if (packet.getLength() > HEADER
                            && audible(Arrays.copyOfRange(buffer, HEADER, packet.getLength()))) {
                        firstSound.complete(System.nanoTime());
                    }
                }
            } catch (IOException closed) {
                firstSound.completeExceptionally(closed);
            }
        }

        private static boolean audible(byte[] payload) {
            for (short sample : SampleFormat.ALAW.decode(payload)) {
                if (Math.abs(sample) > AUDIBLE) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public void close() {
        running = false;
        sip.close();
        phones.values().forEach(phone -> phone.rtp.close());
    }
}
