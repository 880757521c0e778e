package io.trunkline.control;

import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaEvent;
import io.trunkline.media.MediaSession;
import io.trunkline.media.Negotiation;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.EventLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * WhatsApp as a switch meets it: SIP over TLS alone, a digest challenge for each INVITE, two Record-Routes, an ICE-lite
 * side with DTLS (or SDES), Opus, and an error for every request inside the dialog but ACK and BYE. It says nothing
 * before it has heard something, and hangs up after 20 s without.
 */
final class WhatsAppStandIn implements AutoCloseable {
    static final String USER = "15550009999";
    static final String PASSWORD = "meta-secret";
    private static final String REALM = "wa.meta.vc";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    /** A final response that is no answer. */
    record Refusal(int code, String phrase, String warning) {}

    private final SSLServerSocket listener;
    private final MediaEngine media;
    private final SrtpPolicy keying;
    private final String algorithm;
    final EventLog events = new EventLog();
    final List<RawMessage> received = new CopyOnWriteArrayList<>();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private volatile UnaryOperator<String> tampering = UnaryOperator.identity();
    private volatile boolean ringing;
    private volatile MediaSession session;
    private volatile RawMessage invite;
    /** Completed when it has been spoken to, and may speak. */
    private final CompletableFuture<MediaSession> spokenTo = new CompletableFuture<>();

    /** @param algorithm MD5 or SHA-256 */
    WhatsAppStandIn(TestPki pki, Path folder, SrtpPolicy keying, String algorithm) throws Exception {
        this.keying = keying;
        this.algorithm = algorithm;
        media = MediaEngine.start(MediaConfig.defaults(folder));
        listener = (SSLServerSocket) context(pki.issue("127.0.0.1"))
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private static SSLContext context(TestPki.Issued issued) throws GeneralSecurityException, IOException {
        String key = issued.key().replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(issued.certificate().getBytes(StandardCharsets.US_ASCII)));
        store.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                new char[0],
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Somebody in between changes every further answer. */
    void tamper(UnaryOperator<String> with) {
        tampering = with;
    }

    /** Every further call ends so. */
    void refuse(Refusal with) {
        refusal = Optional.of(with);
    }

    /** Nobody picks up from now on. */
    void ring() {
        ringing = true;
    }

    MediaSession session() {
        return session;
    }

    /** The same, once it has heard us. */
    MediaSession spokenTo() {
        return spokenTo.copy().orTimeout(60, TimeUnit.SECONDS).join();
    }

    List<RawMessage> received(String method) {
        return received.stream()
                .filter(message -> message.method().equals(method))
                .toList();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            OutputStream out = connection.getOutputStream();
            while (true) {
                RawMessage message = read(connection.getInputStream());
                if (!message.isResponse()) {
                    received.add(message);
                    answer(message, out);
                }
            }
        } catch (EOFException end) {
            // the switch has hung up the connection
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static RawMessage read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            text = next == '\n' ? head.toString(StandardCharsets.UTF_8).stripLeading() : text;
        }
        String length = new RawMessage(text, 0).header("Content-Length");
        byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length.strip()));
        return new RawMessage(text + new String(body, StandardCharsets.UTF_8), 0);
    }

    private void answer(RawMessage request, OutputStream out) throws IOException {
        switch (request.method()) {
            case "INVITE" -> invite(request, out);
            case "ACK" -> {
                // nothing answers an ACK
            }
            case "CANCEL" -> {
                send(out, response(request, 200, "OK", ""));
                send(out, response(invite, 487, "Request Terminated", ""));
            }
            case "BYE" -> {
                session.close();
                send(out, response(request, 200, "OK", ""));
            }
            case "REGISTER" -> send(out, response(request, 403, "Forbidden", ""));
            default -> send(out, response(request, 500, "Internal Server Error", ""));
        }
    }

    private void invite(RawMessage invite, OutputStream out) throws IOException {
        boolean again = invite.header("To").contains("tag=");
        Optional<String> credentials =
                invite.headers("Proxy-Authorization").stream().findFirst();
        if (again) {
            send(out, response(invite, 500, "Internal Server Error", ""));
        } else if (credentials.isEmpty()) {
            String challenge = "Proxy-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"n" + invite.cseq()
                    + "\", opaque=\"op\", qop=\"auth\", algorithm=" + algorithm + "\r\n";
            send(out, response(invite, 407, "Proxy Authentication Required", "", challenge));
        } else if (!isRight(credentials.get(), invite)) {
            send(out, response(invite, 403, "Forbidden: invalid digest", ""));
        } else if (refusal.isPresent()) {
            Refusal with = refusal.get();
            send(out, response(invite, with.code(), with.phrase(), "", "Warning: " + with.warning() + "\r\n"));
        } else {
            this.invite = invite;
            send(out, response(invite, 180, "Ringing", ""));
            if (!ringing) {
                pickUp(invite, out);
            }
        }
    }

    private void pickUp(RawMessage invite, OutputStream out) throws IOException {
        boolean lite = keying == SrtpPolicy.DTLS;
        session = media.open(
                new LegSpec(
                        "meta",
                        InetAddress.getLoopbackAddress(),
                        List.of(Codec.OPUS),
                        DtmfMode.RFC4733,
                        keying,
                        List.of(),
                        Optional.empty(),
                        lite),
                events);
        // At first it only listens, whatever it answers.
        String offer = WhatsAppCaller.eventsAt8000(invite.body());
        String speaksAlone = offer.replace("a=sendrecv", "a=sendonly");
        Negotiation outcome = session.answerOffer(speaksAlone);
        if (outcome instanceof Negotiation.Agreed(String sdp, var _, var _)) {
            send(out, response(invite, 200, "OK", tampering.apply(sdp.replace("a=recvonly", "a=sendrecv"))));
            Thread.ofVirtual().start(() -> awaitFirstPacket(session, out));
        } else {
            send(out, response(invite, 403, "Forbidden: invalid SDP " + outcome, ""));
        }
    }

    private void awaitFirstPacket(MediaSession leg, OutputStream out) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (leg.stats().packetsIn() == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000L);
        }
        if (leg.stats().packetsOut() > 0) {
            spokenTo.completeExceptionally(new AssertionError("this side spoke first"));
        } else if (leg.stats().packetsIn() > 0) {
            leg.answerOffer(WhatsAppCaller.eventsAt8000(invite.body()));
            spokenTo.complete(leg);
        } else {
            hangUp(out);
        }
    }

    /** Fact of life: no media for 20 s. The call may have ended meanwhile, with its connection. */
    private void hangUp(OutputStream out) {
        String bye = "BYE " + contact(invite) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS 127.0.0.1:" + port() + ";branch=z9hG4bKdeaf" + invite.cseq() + "\r\n"
                + "Max-Forwards: 68\r\n"
                + "From: " + invite.header("To") + ";tag=meta\r\n"
                + "To: " + invite.header("From") + "\r\n"
                + "Call-ID: " + invite.header("Call-ID") + "\r\n"
                + "CSeq: 1 BYE\r\n"
                + "Reason: SIP;cause=408;text=\"RTP timeout\"\r\n"
                + "Content-Length: 0\r\n\r\n";
        try {
            send(out, bye);
        } catch (IOException over) {
            events.onMediaEvent("meta", new MediaEvent.MediaFailed("the switch was gone before it could be told"));
        }
    }

    private static String contact(RawMessage request) {
        return request.header("Contact").replaceAll(".*<([^>]*)>.*", "$1");
    }

    /** RFC 8760, as the challenge asked. */
    private boolean isRight(String credentials, RawMessage request) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            String first = hash(digest, USER + ":" + REALM + ":" + PASSWORD);
            String second = hash(digest, request.method() + ":" + request.uri());
            String wanted = hash(
                    digest,
                    String.join(
                            ":",
                            first,
                            parameter(credentials, "nonce"),
                            parameter(credentials, "nc"),
                            parameter(credentials, "cnonce"),
                            "auth",
                            second));
            return parameter(credentials, "username").equals(USER)
                    && parameter(credentials, "opaque").equals("op")
                    && parameter(credentials, "uri").equals(request.uri())
                    && parameter(credentials, "response").equals(wanted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hash(MessageDigest digest, String text) {
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String parameter(String credentials, String name) {
        Matcher matcher = PARAMETER.matcher(credentials);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            }
        }
        return "";
    }

    /** The two proxies in front of it, as they write themselves into a dialog. */
    List<String> routes() {
        String here = "sip:127.0.0.1:" + port() + ";transport=tls;lr";
        return List.of("<" + here + ";fb=edge>", "<" + here + ";fb=core>");
    }

    private String response(RawMessage request, int code, String phrase, String sdp, String... more) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + code + " " + phrase + "\r\n");
        request.headers("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        routes().forEach(route -> text.append("Record-Route: ").append(route).append("\r\n"));
        text.append("From: ").append(request.header("From")).append("\r\n");
        String to = request.header("To");
        text.append("To: ").append(to.contains("tag=") ? to : to + ";tag=meta").append("\r\n");
        text.append("Call-ID: ").append(request.header("Call-ID")).append("\r\n");
        text.append("CSeq: ").append(request.header("CSeq")).append("\r\n");
        text.append("Contact: <sip:core@127.0.0.1:").append(port()).append(";transport=tls>\r\n");
        text.append(String.join("", more));
        if (!sdp.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        return text.append("Content-Length: ")
                .append(sdp.length())
                .append("\r\n\r\n")
                .append(sdp)
                .toString();
    }

    private static synchronized void send(OutputStream out, String message) throws IOException {
        out.write(message.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        media.close();
    }
}
