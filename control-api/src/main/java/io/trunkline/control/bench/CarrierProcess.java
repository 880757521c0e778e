package io.trunkline.control.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SIPp as the carrier: answers every call, names the callee's ports by turns, and logs when INVITE and ACK came. */
final class CarrierProcess implements AutoCloseable {
    private static final Pattern LOGGED =
            Pattern.compile("(INVITE|ACK) (\\d{4}-\\d\\d-\\d\\d)[ \\t](\\d\\d:\\d\\d:\\d\\d\\.\\d+).*?(\\+\\d{8,15})");

    private final Process process;
    private final Path folder;
    private final int port;

    /** When the carrier saw a call's INVITE and ACK, in microseconds of the epoch; 0 when never. */
    record Seen(long inviteMicros, long ackMicros) {}

    CarrierProcess(List<Integer> mediaPorts, int ringMillis) throws IOException {
        folder = Files.createTempDirectory("trunkline-carrier");
        port = freeUdpPort();
        Path scenario = folder.resolve("carrier.xml");
        Files.writeString(scenario, scenario(ringMillis));
        StringBuilder ports = new StringBuilder("SEQUENTIAL\n");
        mediaPorts.forEach(each -> ports.append(each).append(";\n"));
        Path list = folder.resolve("ports.csv");
        Files.writeString(list, ports);
        process = new ProcessBuilder(
                        "sipp",
                        "-sf",
                        scenario.toString(),
                        "-inf",
                        list.toString(),
                        "-i",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-nostdin",
                        "-trace_logs",
                        "-log_file",
                        log().toString(),
                        "-max_log_size",
                        "4000000000",
                        "-trace_err",
                        "-buff_size",
                        "8388608")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("screen.txt").toFile())
                .start();
    }

    int port() {
        return port;
    }

    private Path log() {
        return folder.resolve("carrier.log");
    }

    private static String scenario(int ringMillis) throws IOException {
        try (InputStream resource = CarrierProcess.class.getResourceAsStream("/bench/carrier.xml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@RING_MS@", Integer.toString(ringMillis));
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    /** Stops it and answers what it saw, by the number that was called. */
    Map<String, Seen> stop() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        Map<String, Seen> seen = new HashMap<>();
        if (Files.exists(log())) {
            try (var lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
                lines.map(LOGGED::matcher).filter(Matcher::find).forEach(line -> note(seen, line));
            }
        }
        return seen;
    }

    /** The first of each counts: later ones are repeats. */
    private static void note(Map<String, Seen> seen, Matcher line) {
        LocalDateTime at = LocalDateTime.parse(line.group(2) + "T" + line.group(3), DateTimeFormatter.ISO_DATE_TIME);
        var instant = at.atZone(ZoneId.systemDefault()).toInstant();
        long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
        boolean invite = line.group(1).equals("INVITE");
        seen.merge(
                line.group(4),
                new Seen(invite ? micros : 0, invite ? 0 : micros),
                (old, now) -> new Seen(first(old.inviteMicros, now.inviteMicros), first(old.ackMicros, now.ackMicros)));
    }

    private static long first(long old, long now) {
        return old == 0 ? now : old;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Folder.delete(folder);
    }
}
