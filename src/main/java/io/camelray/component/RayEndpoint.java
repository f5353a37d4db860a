package io.camelray.component;

import io.camelray.model.Operation;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Turn campaign manifests into finished Luma Ray 3.2 video: plan, submit, poll, verify and deliver, each render paid for
 * exactly once.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "ray",
        title = "Ray",
        syntax = "ray:operation",
        category = {Category.AI, Category.CLOUD},
        headersClass = RayConstants.class)
public class RayEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriParam
    private RayConfiguration configuration;

    public RayEndpoint(String uri, Component component, RayConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return switch (configuration.getOperation()) {
            case plan -> configuration.isDocument() ? new DocumentProducer(this) : new PlanProducer(this);
            case validate, estimate -> new PlanProducer(this);
            case retry -> new RetryProducer(this);
            case submit -> new SubmitProducer(this);
            case secure -> new SecureProducer(this);
            case store -> new StoreProducer(this);
            case delivered -> new DeliveredProducer(this);
            case cancel -> new CancelProducer(this);
            case webhook -> new WebhookProducer(this);
            case generate -> new RequestProducer(this, Operation.GENERATE);
            case edit -> new RequestProducer(this, Operation.EDIT);
            case reframe -> new RequestProducer(this, Operation.REFRAME);
            case extend -> new RequestProducer(this, Operation.EXTEND);
            case fetch -> new FetchProducer(this);
            case due, rendered, failed, events, dropped, fired ->
                throw new IllegalArgumentException(
                        "ray:" + configuration.getOperation() + " is where a route begins: write from, not to");
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        int parallel = configuration.getParallel();
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("parallel must be between 1 and 64, not " + parallel);
        }
        Consumer consumer =
                switch (configuration.getOperation()) {
                    case due -> new DueConsumer(this, processor);
                    case rendered -> new RenderedConsumer(this, processor);
                    case failed -> new FailedConsumer(this, processor);
                    case events -> new EventsConsumer(this, processor);
                    case fired -> new FiredConsumer(this, processor);
                    case dropped -> new DroppedConsumer(this, processor);
                    case plan,
                            validate,
                            estimate,
                            retry,
                            submit,
                            secure,
                            store,
                            delivered,
                            generate,
                            edit,
                            reframe,
                            extend,
                            fetch,
                            cancel,
                            webhook ->
                        throw new IllegalArgumentException(
                                "ray:" + configuration.getOperation() + " is a step of a route: write to, not from");
                };
        configureConsumer(consumer);
        return consumer;
    }

    final RayWorks works() {
        return ((RayComponent) getComponent()).works();
    }

    final S3Client bucketClient() {
        return ((RayComponent) getComponent()).bucketClient();
    }

    final AdHocRequests adHocRequests() {
        return ((RayComponent) getComponent()).adHocRequests();
    }

    public RayConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(RayConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String getServiceUrl() {
        return works().settings().accounts().get(0).baseUrl().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "https";
    }
}
