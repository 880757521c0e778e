package io.trunkline.media.crypto;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * What client and server of a DTLS handshake share, whose library classes have no common parent: version and times,
 * profiles (RFC 5764), the fingerprint check, our signature, keys at the end.
 */
final class SrtpNegotiation {
    static final int HANDSHAKE_MILLIS = 15_000;
    static final int RESEND_MILLIS = 200;

    /** The one that every peer has comes first: it also is the cheapest here. */
    private static final int[] PROFILES = {
        SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80,
        SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM,
        SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM,
        SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_32,
    };

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private Optional<SrtpSuite> suite = Optional.empty();
    private boolean verified;
    private DtlsAssociation.@Nullable Keys keys;

    SrtpNegotiation(DtlsIdentity identity, List<Fingerprint> expected) {
        this.identity = identity;
        this.expected = expected;
    }

    BcTlsCrypto crypto() {
        return identity.crypto();
    }

    /** A peer that prefers DTLS 1.3 falls back. */
    static ProtocolVersion[] versions() {
        return ProtocolVersion.DTLSv12.only();
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return identity.signer(context);
    }

    // BouncyCastle's extensions are Hashtables.
    @SuppressWarnings("JdkObsolete")
    static Hashtable<Integer, byte[]> offer(Hashtable<Integer, byte[]> extensions) throws IOException {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(PROFILES, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    /** The server's answer: our first profile that the client has. */
    @SuppressWarnings("JdkObsolete")
    Hashtable<Integer, byte[]> answer(Hashtable<Integer, byte[]> extensions) throws IOException {
        int chosen = profileOf(requireSuite());
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {chosen}, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @SuppressWarnings("JdkObsolete")
    void choose(Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData theirs = TlsSRTPUtils.getUseSRTPExtension(extensions);
        int[] offered = theirs == null ? new int[0] : theirs.getProtectionProfiles();
        suite = Arrays.stream(PROFILES)
                .filter(ours -> Arrays.stream(offered).anyMatch(profile -> profile == ours))
                .mapToObj(SrtpNegotiation::suiteOf)
                .findFirst();
        requireSuite();
    }

    /** RFC 8122 section 6.2: one fingerprint of SDP has to be that of the certificate shown. */
    void check(Certificate shown) throws IOException {
        if (shown == null || shown.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        byte[] encoded = shown.getCertificateAt(0).getEncoded();
        verified = expected.stream().anyMatch(fingerprint -> fingerprint.matches(encoded));
        if (!verified) {
            throw new FingerprintMismatch();
        }
    }

    /** The end of the handshake is the only moment at which the library lets keys be exported. */
    void complete(TlsContext context, boolean client) throws IOException {
        keys = export(context, client);
    }

    DtlsAssociation.Keys keys() {
        return Objects.requireNonNull(keys);
    }

    /** Section 4.2: client key, server key, client salt, server salt. */
    private DtlsAssociation.Keys export(TlsContext context, boolean client) throws IOException {
        SrtpSuite agreed = requireSuite();
        if (!verified) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        int key = agreed.keyBytes();
        int salt = agreed.saltBytes();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
        MasterKey clients = new MasterKey(
                agreed, Arrays.copyOf(material, key), Arrays.copyOfRange(material, 2 * key, 2 * key + salt));
        MasterKey servers = new MasterKey(
                agreed,
                Arrays.copyOfRange(material, key, 2 * key),
                Arrays.copyOfRange(material, 2 * key + salt, material.length));
        Arrays.fill(material, (byte) 0);
        return client ? new DtlsAssociation.Keys(clients, servers) : new DtlsAssociation.Keys(servers, clients);
    }

    private SrtpSuite requireSuite() throws IOException {
        if (suite.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
        }
        return suite.get();
    }

    private static int profileOf(SrtpSuite suite) {
        return switch (suite) {
            case AEAD_AES_256_GCM -> SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM;
            case AEAD_AES_128_GCM -> SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM;
            case AES_CM_128_HMAC_SHA1_32 -> SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_32;
            case AES_CM_128_HMAC_SHA1_80, AES_256_CM_HMAC_SHA1_80, AES_256_CM_HMAC_SHA1_32 ->
                SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
        };
    }

    private static SrtpSuite suiteOf(int profile) {
        return switch (profile) {
            case SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM -> SrtpSuite.AEAD_AES_256_GCM;
            case SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM -> SrtpSuite.AEAD_AES_128_GCM;
            case SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_32 -> SrtpSuite.AES_CM_128_HMAC_SHA1_32;
            default -> SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        };
    }

    /** The certificate is another one than SDP promised: somebody is in between. */
    static final class FingerprintMismatch extends TlsFatalAlert {
        private static final long serialVersionUID = 1L;

        FingerprintMismatch() {
            super(AlertDescription.bad_certificate, "fingerprint");
        }
    }
}
