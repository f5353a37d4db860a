package io.camelray.assets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * How this machine gets out to the providers and their storage: directly or through a proxy, trusting the JDK's
 * authorities or those of a store of one's own.
 */
public final class Egress {

    /** Directly, with the JDK's authorities. */
    public static final Egress DIRECT = new Egress(Optional.empty(), Optional.empty());

    private final Optional<HttpHost> proxy;
    private final Optional<SSLContext> tls;

    private Egress(Optional<HttpHost> proxy, Optional<SSLContext> tls) {
        this.proxy = proxy;
        this.tls = tls;
    }

    /**
     * @param proxy {@code http://host:port}; empty: none
     * @param trustStore a PKCS #12 or JKS file; empty: the JDK's
     * @throws IllegalArgumentException naming the property that is wrong, never the password
     */
    public static Egress of(Optional<String> proxy, Optional<Path> trustStore, Optional<String> password) {
        return new Egress(proxy.map(Egress::proxy), trustStore.map(file -> tls(file, password.orElse(""))));
    }

    private static HttpHost proxy(String text) {
        try {
            URI address = new URI(text);
            if ("http".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() > 0
                    && address.getUserInfo() == null
                    && address.getRawPath().replace("/", "").isEmpty()) {
                return new HttpHost("http", address.getHost(), address.getPort());
            }
        } catch (java.net.URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("ray.http.proxy must be http://host:port, without a user");
    }

    private static SSLContext tls(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            return SSLContexts.custom().loadTrustMaterial(store, null).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "ray.http.trust-store " + file + " cannot be read: is it a PKCS #12 or JKS file, and"
                            + " ray.http.trust-store-password right?",
                    e);
        }
    }

    /** What clients go through, if anything. */
    public Optional<HttpHost> proxy() {
        return proxy;
    }

    /** The TLS of clients, host names verified; null: the clients' own. */
    public DefaultClientTlsStrategy tlsStrategy() {
        return tls.map(context -> new DefaultClientTlsStrategy(context, HttpsSupport.getDefaultHostnameVerifier()))
                .orElse(null);
    }
}
