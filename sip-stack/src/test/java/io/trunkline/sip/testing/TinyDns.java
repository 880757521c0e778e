package io.trunkline.sip.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server of a few records on loopback: A, SRV and NAPTR, one question a packet, no compression. */
public final class TinyDns implements AutoCloseable {
    private static final int A = 1;
    private static final int SRV = 33;
    private static final int NAPTR = 35;

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

    /** Writes a record's data. */
    private interface Data {
        void to(DataOutputStream out) throws IOException;
    }

    public TinyDns() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("tiny-dns").start(this::serve);
    }

    public String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    public TinyDns address(String name, String address) {
        return add(name, A, out -> out.write(InetAddress.getByName(address).getAddress()));
    }

    public TinyDns srv(String name, int priority, int weight, int port, String target) {
        return add(name, SRV, out -> {
            out.writeShort(priority);
            out.writeShort(weight);
            out.writeShort(port);
            writeName(out, target);
        });
    }

    public TinyDns naptr(String name, int order, String service, String replacement) {
        return add(name, NAPTR, out -> {
            out.writeShort(order);
            out.writeShort(50);
            writeText(out, "s");
            writeText(out, service);
            writeText(out, "");
            writeName(out, replacement);
        });
    }

    private TinyDns add(String name, int type, Data data) {
        records.computeIfAbsent(key(name, type), k -> new ArrayList<>()).add(bytes(data));
        return this;
    }

    private static byte[] bytes(Data data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            data.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String key(String name, int type) {
        return name.toLowerCase(Locale.ROOT) + "/" + type;
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket question = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(question);
                byte[] answer = answer(question);
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private byte[] answer(DatagramPacket question) throws IOException {
        byte[] in = question.getData();
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (in[at] != 0) {
            name.append(name.isEmpty() ? "" : ".").append(new String(in, at + 1, in[at], StandardCharsets.US_ASCII));
            at += in[at] + 1;
        }
        int type = (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff);
        int end = at + 5;
        List<byte[]> found = records.getOrDefault(key(name.toString(), type), List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(in, 0, 2);
        out.writeShort(0x8580); // an authoritative answer
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(in, 12, end - 12);
        for (byte[] data : found) {
            out.writeShort(0xc00c); // the name of the question
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(1);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeByte(text.length());
        out.writeBytes(text);
    }

    private static void writeName(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("[.]", -1)) {
            writeText(out, label);
        }
        out.writeByte(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
