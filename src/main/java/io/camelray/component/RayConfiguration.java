package io.camelray.component;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** The options of one {@code ray:} endpoint. */
@UriParams
@Configurer(extended = true)
public class RayConfiguration extends RayRequestOptions implements Cloneable {

    @UriPath(description = "What the endpoint does")
    @Metadata(required = true)
    private RayOperation operation;

    @UriParam(
            label = "consumer",
            defaultValue = "2",
            description = "How many messages are in the route at once (1 to 64)")
    private int parallel = 2;

    @UriParam(
            label = "consumer",
            defaultValue = "1s",
            javaType = "java.time.Duration",
            description = "How often to look for work that nothing announced (milliseconds)")
    private long delay = 1000;

    @UriParam(
            label = "plan",
            description =
                    "Whether the answer is one JSON document about what became of the manifest. The manifest is then the body alone, headers are not read, and what is accepted is filed below the home")
    private boolean document;

    @UriParam(label = "dropped", description = "The bucket into which manifests are dropped")
    private String bucket;

    @UriParam(
            label = "dropped",
            description =
                    "The prefix below which are inbox/, where manifests are dropped, accepted/ and rejected/; empty: the bucket itself")
    private String prefix;

    public RayConfiguration copy() {
        try {
            return (RayConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public RayOperation getOperation() {
        return operation;
    }

    public void setOperation(RayOperation operation) {
        this.operation = operation;
    }

    public int getParallel() {
        return parallel;
    }

    public void setParallel(int parallel) {
        this.parallel = parallel;
    }

    public long getDelay() {
        return delay;
    }

    public void setDelay(long delay) {
        this.delay = delay;
    }

    public boolean isDocument() {
        return document;
    }

    public void setDocument(boolean document) {
        this.document = document;
    }

    public String getBucket() {
        return bucket;
    }

    public void setBucket(String bucket) {
        this.bucket = bucket;
    }

    public String getPrefix() {
        return prefix;
    }

    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }
}
