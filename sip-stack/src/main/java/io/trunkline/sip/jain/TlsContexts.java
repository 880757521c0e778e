package io.trunkline.sip.jain;

import io.trunkline.sip.SipConfig;
import io.trunkline.sip.Trunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS contexts out of PEM texts. */
final class TlsContexts {
    static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    };

    private TlsContexts() {}

    static SSLContext client(Optional<Trunk.Tls> tls) throws GeneralSecurityException, IOException {
        Optional<String> chain = tls.flatMap(Trunk.Tls::clientCertPem);
        Optional<String> key = tls.flatMap(Trunk.Tls::clientKeyPem);
        KeyManager @Nullable [] keys = chain.isPresent() && key.isPresent() ? keys(chain.get(), key.get()) : null;
        Optional<String> ca = tls.flatMap(Trunk.Tls::caPem);
        TrustManager @Nullable [] trust = ca.isPresent() ? trust(ca.get()) : null;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    /** Read anew for each connection: a renewed certificate needs no restart, and SIP connections are few. */
    static SSLContext server(SipConfig.Certificate files, TrustManager callers)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = keys(Files.readString(files.chain()), Files.readString(files.key()));
        context.init(keys, new TrustManager[] {callers}, null);
        return context;
    }

    /** These authorities, or the system's where none are given. */
    static X509TrustManager authorities(Optional<String> caPem) throws GeneralSecurityException, IOException {
        TrustManager[] all;
        if (caPem.isPresent()) {
            all = trust(caPem.get());
        } else {
            TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            system.init((KeyStore) null);
            all = system.getTrustManagers();
        }
        return (X509TrustManager) all[0];
    }

    private static KeyManager[] keys(String chainPem, String keyPem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        Certificate[] chain = certificates(chainPem).toArray(new Certificate[0]);
        store.setKeyEntry("sip", privateKey(keyPem), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(String caPem) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int n = 0;
        for (Certificate ca : certificates(caPem)) {
            store.setCertificateEntry("ca" + n++, ca);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----.*|\\s", "");
        PKCS8EncodedKeySpec spec;
        try {
            spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the key is not a PKCS#8 PEM", e);
        }
        GeneralSecurityException unknown = new GeneralSecurityException("the key is neither RSA, EC nor Ed25519");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                unknown.addSuppressed(e);
            }
        }
        throw unknown;
    }
}
