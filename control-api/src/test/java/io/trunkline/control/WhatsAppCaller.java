package io.trunkline.control;

import io.trunkline.media.Codec;
import io.trunkline.media.DtmfMode;
import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaEngine;
import io.trunkline.media.MediaSession;
import io.trunkline.media.SrtpPolicy;
import io.trunkline.media.testing.EventLog;
import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.TestPki;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * WhatsApp as it calls a business: over TLS with our name checked, through two proxies, with a digest for our challenge.
 * It sends no media before it has heard some, and hangs up when it hears none.
 */
final class WhatsAppCaller implements AutoCloseable {
    static final String CALLER = "+447700900456";
    /** Not that of any other trunk's host: addresses tell trunks apart. */
    static final String ADDRESS = "127.0.0.2";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final String ROUTES = String.join(
            "\r\n",
            "Record-Route: <sip:127.0.0.1:5061;transport=tls;lr;fb=edge>",
            "Record-Route: <sip:10.0.0.7:5061;transport=tls;lr;fb=core>",
            "");

    private final MediaEngine media;
    private final SSLSocket connection;
    private final OutputStream out;
    private final String algorithm;
    private final String uri;
    private final String callId = "wacid-" + System.nanoTime();
    final EventLog events = new EventLog();
    final List<RawMessage> received = new CopyOnWriteArrayList<>();
    final MediaSession session;

    /** @param algorithm MD5 or SHA-256 */
    WhatsAppCaller(TestPki pki, Path folder, int tlsPort, SrtpPolicy keying, String algorithm) throws Exception {
        this.algorithm = algorithm;
        uri = "sip:+" + WhatsAppStandIn.USER + "@127.0.0.1:" + tlsPort + ";transport=tls";
        media = MediaEngine.start(MediaConfig.defaults(folder));
        session = media.open(
                new LegSpec(
                        "meta",
                        InetAddress.getLoopbackAddress(),
                        List.of(Codec.OPUS),
                        DtmfMode.RFC4733,
                        keying,
                        List.of(),
                        Optional.empty(),
                        keying == SrtpPolicy.DTLS),
                events);
        connection = (SSLSocket)
                trusting(pki).getSocketFactory().createSocket("127.0.0.1", tlsPort, InetAddress.getByName(ADDRESS), 0);
        SSLParameters checks = connection.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        connection.setSSLParameters(checks);
        out = connection.getOutputStream();
    }

    private static SSLContext trusting(TestPki pki) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pki.rootPem().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Calls with the number's password, and speaks once it has been spoken to. */
    void call(String password) throws Exception {
        String offer = eventsAt8000(session.createOffer());
        send(request("INVITE", 1, "", offer));
        RawMessage challenge = awaitFinal();
        send(request("ACK", 1, challenge.header("To"), ""));
        if (challenge.code() != 401 && challenge.code() != 407) {
            throw new IllegalStateException("not challenged: " + challenge.firstLine());
        }
        String credentials = credentials(challenge, password);
        send(request("INVITE", 2, "", offer, credentials));
        RawMessage answer = awaitFinal();
        send(request("ACK", 2, answer.header("To"), ""));
        if (answer.code() == 200) {
            speakWhenSpokenTo(answer);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** WhatsApp knows telephone-event/8000 alone, beside Opus too. */
    static String eventsAt8000(String offer) {
        Matcher wide =
                Pattern.compile("a=rtpmap:(\\d+) telephone-event/48000\r\n").matcher(offer);
        if (!wide.find() || !offer.contains("telephone-event/8000")) {
            throw new AssertionError("no choice of events in " + offer);
        }
        String type = wide.group(1);
        return wide.replaceAll("")
                .replaceAll("a=fmtp:" + type + " [^\r]*\r\n", "")
                .replaceFirst("(m=audio [^\r]*) " + type + "\\b", "$1");
    }

    /** At first it only listens, whatever the switch has answered. */
    private void speakWhenSpokenTo(RawMessage answer) throws Exception {
        String sendsAlone = answer.body().replace("a=sendrecv", "a=sendonly");
        if (sendsAlone.equals(answer.body())) {
            throw new AssertionError("no direction in " + answer.body());
        }
        session.acceptAnswer(sendsAlone);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (session.stats().packetsIn() == 0) {
            if (System.nanoTime() > end) {
                send(request("BYE", 3, answer.header("To"), "", "Reason: SIP;cause=408;text=\"RTP timeout\"\r\n"));
                throw new AssertionError("nothing was heard of the switch for 20 s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        if (session.stats().packetsOut() > 0) {
            throw new AssertionError("this side spoke first");
        }
        session.acceptAnswer(answer.body());
    }

    void hangUp(int seconds) throws IOException {
        String to = received.stream()
                .filter(message -> message.code() == 200)
                .findFirst()
                .orElseThrow()
                .header("To");
        send(request("BYE", 3, to, "", "X-WA-Meta-Call-Duration: " + seconds + "\r\n"));
    }

    RawMessage last() {
        return received.getLast();
    }

    private void serve() {
        try {
            while (true) {
                RawMessage message = WhatsAppStandIn.read(connection.getInputStream());
                received.add(message);
                if (!message.isResponse()) {
                    boolean bye = message.method().equals("BYE");
                    send(response(message, bye ? "200 OK" : "500 Internal Server Error"));
                }
            }
        } catch (IOException closed) {
            // either side has closed the connection
        }
    }

    private RawMessage awaitFinal() throws IOException {
        while (true) {
            RawMessage message = WhatsAppStandIn.read(connection.getInputStream());
            received.add(message);
            if (message.code() >= 200) {
                return message;
            }
        }
    }

    private String credentials(RawMessage challenge, String password) throws Exception {
        boolean proxy = challenge.code() == 407;
        String wanted = challenge.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").stream()
                .filter(one -> one.contains("algorithm=" + algorithm))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no challenge with " + algorithm + " in " + challenge.text()));
        String realm = WhatsAppStandIn.parameter(wanted, "realm");
        String nonce = WhatsAppStandIn.parameter(wanted, "nonce");
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        String secret = WhatsAppStandIn.hash(digest, WhatsAppStandIn.USER + ":" + realm + ":" + password);
        String asked = WhatsAppStandIn.hash(digest, "INVITE:" + uri);
        String proof =
                WhatsAppStandIn.hash(digest, String.join(":", secret, nonce, "00000001", "c0ffee", "auth", asked));
        String opaque = WhatsAppStandIn.parameter(wanted, "opaque");
        return (proxy ? "Proxy-Authorization" : "Authorization") + ": Digest username=\"" + WhatsAppStandIn.USER
                + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri + "\", response=\"" + proof
                + "\", algorithm=" + algorithm + ", qop=auth, nc=00000001, cnonce=\"c0ffee\""
                + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"") + "\r\n";
    }

    private String request(String method, int cseq, String to, String sdp, String... more) {
        return method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bK" + method + cseq + callId + "\r\n"
                + ROUTES
                + "Max-Forwards: 68\r\n"
                + "From: <sip:" + CALLER + "@wa.meta.vc>;tag=meta\r\n"
                + "To: " + (to.isEmpty() ? "<sip:+" + WhatsAppStandIn.USER + "@127.0.0.1>" : to) + "\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + "Contact: <sip:core@127.0.0.1:5061;transport=tls>\r\n"
                + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\n"
                + "X-FB-External-Domain: wa.meta.vc\r\n"
                + "X-WA-Meta-WACID: " + callId + "\r\n"
                + "x-wa-meta-user-name: Ada\r\n"
                + String.join("", more)
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    private static String response(RawMessage request, String status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            request.headers(name).forEach(value -> text.append(name + ": " + value + "\r\n"));
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    /** As it put them into the INVITE. */
    static List<String> routes() {
        return new RawMessage("INVITE x SIP/2.0\r\n" + ROUTES + "\r\n", 0).headers("Record-Route");
    }

    private synchronized void send(String message) throws IOException {
        out.write(message.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        media.close();
    }
}
