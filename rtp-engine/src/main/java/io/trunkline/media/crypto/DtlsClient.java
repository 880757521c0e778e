package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;

/** The active side of a handshake ({@code a=setup:active}). */
final class DtlsClient extends DefaultTlsClient {
    private final SrtpNegotiation srtp;

    DtlsClient(SrtpNegotiation srtp) {
        super(srtp.crypto());
        this.srtp = srtp;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return SrtpNegotiation.versions();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return SrtpNegotiation.HANDSHAKE_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return SrtpNegotiation.RESEND_MILLIS;
    }

    @Override
    @SuppressWarnings({"unchecked", "JdkObsolete"})
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        return SrtpNegotiation.offer(super.getClientExtensions());
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"})
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        srtp.choose(extensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                srtp.check(shown.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return srtp.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        srtp.complete(context, true);
    }
}
