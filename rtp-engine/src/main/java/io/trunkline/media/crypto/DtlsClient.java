package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Objects;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

/** The active side of a handshake ({@code a=setup:active}). */
final class DtlsClient extends DefaultTlsClient {
    private final DtlsIdentity identity;
    private final SrtpNegotiation srtp;
    private DtlsAssociation.@Nullable Keys keys;

    DtlsClient(DtlsIdentity identity, SrtpNegotiation srtp) {
        super(identity.crypto());
        this.identity = identity;
        this.srtp = srtp;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return DtlsAssociation.HANDSHAKE_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DtlsAssociation.RESEND_MILLIS;
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
                return identity.signer(context);
            }
        };
    }

    /** The only moment at which the library lets keys be exported. */
    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        keys = srtp.export(context, true);
    }

    DtlsAssociation.Keys keys() {
        return Objects.requireNonNull(keys);
    }
}
