package io.camelray.component;

import org.apache.camel.spi.Metadata;
import org.apache.camel.support.DefaultComponent;

/** The options of the {@code ray} component that keep it going for years: digests, retention, the way out. */
public abstract class RayUpkeepOptions extends DefaultComponent {

    @Metadata(
            label = "upkeep",
            secret = true,
            description =
                    "Where digests go: with one, they are written into the home's folder notify for a route to hand over")
    private String notifyUri;

    @Metadata(
            label = "upkeep",
            defaultValue = "attention",
            enums = "attention,always",
            description = "Whether a campaign that needs nobody is told of too")
    private String notifyWhen = "attention";

    @Metadata(label = "upkeep", defaultValue = "text", enums = "text,json", description = "How digests are written")
    private String notifyFormat = "text";

    @Metadata(
            label = "upkeep",
            description =
                    "How long files are kept, such as accepted=400d,rejected=90d,reports=,receipts=30d,events=: what is empty or not named stays for ever")
    private String retention;

    @Metadata(label = "upkeep", description = "The proxy on the way to providers and their storage: http://host:port")
    private String httpProxy;

    @Metadata(
            label = "security",
            description = "A PKCS #12 or JKS file with the authorities to trust, instead of the JDK's")
    private String httpTrustStore;

    @Metadata(label = "security", secret = true, description = "The password of httpTrustStore")
    private String httpTrustStorePassword;

    public String getNotifyUri() {
        return notifyUri;
    }

    public void setNotifyUri(String notifyUri) {
        this.notifyUri = notifyUri;
    }

    public String getNotifyWhen() {
        return notifyWhen;
    }

    public void setNotifyWhen(String notifyWhen) {
        this.notifyWhen = notifyWhen;
    }

    public String getNotifyFormat() {
        return notifyFormat;
    }

    public void setNotifyFormat(String notifyFormat) {
        this.notifyFormat = notifyFormat;
    }

    public String getRetention() {
        return retention;
    }

    public void setRetention(String retention) {
        this.retention = retention;
    }

    public String getHttpProxy() {
        return httpProxy;
    }

    public void setHttpProxy(String httpProxy) {
        this.httpProxy = httpProxy;
    }

    public String getHttpTrustStore() {
        return httpTrustStore;
    }

    public void setHttpTrustStore(String httpTrustStore) {
        this.httpTrustStore = httpTrustStore;
    }

    public String getHttpTrustStorePassword() {
        return httpTrustStorePassword;
    }

    public void setHttpTrustStorePassword(String httpTrustStorePassword) {
        this.httpTrustStorePassword = httpTrustStorePassword;
    }
}
