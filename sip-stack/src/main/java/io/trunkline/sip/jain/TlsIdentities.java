package io.trunkline.sip.jain;

import io.trunkline.sip.auth.TlsCaller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Who is calling, by the certificate that a connection shows. A certificate that is nobody's is let pass here: it only
 * earns no trust, and the caller stays what its address makes of it.
 */
final class TlsIdentities extends X509ExtendedTrustManager {
    private static final int MOST = 4096;
    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private final Door door;

    /** By the connection's remote socket; the oldest are forgotten first. */
    private final Map<InetSocketAddress, String> trunks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, String> eldest) {
            return size() > MOST;
        }
    };

    TlsIdentities(Door door) {
        this.door = door;
    }

    Optional<String> trunk(InetSocketAddress remote) {
        synchronized (trunks) {
            return Optional.ofNullable(trunks.get(remote));
        }
    }

    /** A new connection from there: what an older one had shown is void. */
    void forget(InetSocketAddress remote) {
        synchronized (trunks) {
            trunks.remove(remote);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        for (TlsCaller caller : door.tlsCallers()) {
            if (names(chain[0]).contains(caller.name().toLowerCase(Locale.ROOT)) && trusted(caller, chain, authType)) {
                synchronized (trunks) {
                    trunks.put((InetSocketAddress) socket.getRemoteSocketAddress(), caller.trunkId());
                }
                return;
            }
        }
    }

    private static boolean trusted(TlsCaller caller, X509Certificate[] chain, String authType) {
        try {
            X509TrustManager authorities = TlsContexts.authorities(caller.caPem());
            authorities.checkClientTrusted(chain, authType);
            return true;
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    /** DNS names and the domains of SIP URIs (RFC 5922 7.1). */
    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                String text = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
                if (name.get(0).equals(DNS_NAME)) {
                    names.add(text);
                } else if (name.get(0).equals(URI) && text.startsWith("sip:")) {
                    names.add(text.substring(4));
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only for callers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only for callers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only for callers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
