package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Objects;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/** The passive side of a handshake ({@code a=setup:passive}); asks for the client's certificate. */
final class DtlsServer extends DefaultTlsServer {
    private final DtlsIdentity identity;
    private final SrtpNegotiation srtp;
    private DtlsAssociation.@Nullable Keys keys;

    DtlsServer(DtlsIdentity identity, SrtpNegotiation srtp) {
        super(identity.crypto());
        this.identity = identity;
        this.srtp = srtp;
    }

    /** A peer that prefers DTLS 1.3 falls back. */
    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    /** Those that our own certificate can sign for. */
    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        };
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
    @SuppressWarnings({"rawtypes", "JdkObsolete"})
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        srtp.choose(extensions);
    }

    @Override
    @SuppressWarnings({"unchecked", "JdkObsolete"})
    public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
        return srtp.answer(super.getServerExtensions());
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        srtp.check(shown);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return identity.signer(context);
    }

    /** The only moment at which the library lets keys be exported. */
    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        keys = srtp.export(context, false);
    }

    DtlsAssociation.Keys keys() {
        return Objects.requireNonNull(keys);
    }
}
