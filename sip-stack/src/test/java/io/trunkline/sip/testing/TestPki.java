package io.trunkline.sip.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test. */
public final class TestPki {
    /** A certificate and its key as PEM. */
    public record Issued(String certificate, String key) {
        public io.trunkline.sip.SipConfig.Certificate in(Path folder, String name) {
            try {
                Path chain = Files.writeString(folder.resolve(name + ".pem"), certificate);
                return new io.trunkline.sip.SipConfig.Certificate(
                        chain, Files.writeString(folder.resolve(name + ".key"), key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private final KeyPair keys = keys();
    private final X500Name name;
    private final X509CertificateHolder root;

    public TestPki(String name) {
        this.name = new X500Name("CN=" + name);
        this.root = sign(this.name, keys, true, "", Instant.now().plus(1, ChronoUnit.DAYS));
    }

    public String rootPem() {
        return pem(root);
    }

    /** For a host name or an IPv4 address. */
    public Issued issue(String host) {
        return issue(host, Instant.now().plus(1, ChronoUnit.DAYS));
    }

    public Issued issue(String host, Instant until) {
        KeyPair own = keys();
        X509CertificateHolder certificate = sign(new X500Name("CN=" + host), own, false, host, until);
        try {
            return new Issued(pem(certificate), pem(new JcaPKCS8Generator(own.getPrivate(), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509CertificateHolder sign(X500Name subject, KeyPair own, boolean authority, String host, Instant until) {
        try {
            Instant from = until.minus(3, ChronoUnit.DAYS);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                boolean address = host.matches("[0-9.]+");
                GeneralName alternative = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
