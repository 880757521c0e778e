package io.trunkline.media.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * This process's certificate for DTLS: a P-256 key made at start and signed by itself. Its name proves nothing; the
 * fingerprint in SDP does (RFC 8827 section 6.5).
 */
public final class DtlsIdentity {
    private static final Duration SKEW = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(365);

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final AsymmetricKeyParameter privateKey;
    private final byte[] encoded;
    private final Certificate chain;

    private DtlsIdentity(AsymmetricCipherKeyPair pair) throws IOException, OperatorCreationException {
        privateKey = pair.getPrivate();
        SubjectPublicKeyInfo publicKey = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
        Instant now = Instant.now();
        X500Name name = new X500Name("CN=Trunkline");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(64, crypto.getSecureRandom()).setBit(0),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(LIFETIME)),
                name,
                publicKey);
        var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        ContentSigner signer = new BcECContentSignerBuilder(
                        algorithm, new DefaultDigestAlgorithmIdentifierFinder().find(algorithm))
                .build(privateKey);
        encoded = builder.build(signer).getEncoded();
        chain = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, encoded)});
    }

    public static DtlsIdentity create() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), new SecureRandom()));
        try {
            return new DtlsIdentity(generator.generateKeyPair());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("no ECDSA", e);
        }
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of("sha-256", encoded);
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                privateKey,
                chain,
                SignatureAndHashAlgorithm.getInstance(
                        org.bouncycastle.tls.HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
