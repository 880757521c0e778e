package io.trunkline.control.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the server on this machine by the very certificate that its configuration names: that one is made out to the
 * public name, not to the loopback address that the command line goes to.
 */
final class OwnCertificate extends X509ExtendedTrustManager {
    private final Collection<? extends Certificate> known;

    private OwnCertificate(Collection<? extends Certificate> known) {
        this.known = known;
    }

    static SSLContext trusting(Path chain) {
        try (InputStream pem = Files.newInputStream(chain)) {
            OwnCertificate own =
                    new OwnCertificate(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {own}, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerTrouble("the certificate " + chain + " cannot be read: " + e);
        }
    }

    private void check(X509Certificate[] shown) throws CertificateException {
        if (!known.contains(shown[0])) {
            throw new CertificateException("this is not the certificate of http.tls_certificate");
        }
        shown[0].checkValidity();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) throws CertificateException {
        throw new CertificateException("only for servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only for servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) throws CertificateException {
        throw new CertificateException("only for servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
