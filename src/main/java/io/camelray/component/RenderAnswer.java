package io.camelray.component;

import io.camelray.ledger.Ledger;
import io.camelray.ledger.RenderRecord;
import io.camelray.ledger.RenderRecord.OutputRecord;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.OutputKind;
import io.camelray.model.ProviderJobId;
import io.camelray.model.RenderId;
import java.io.File;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers a message with what has become of its render, from the ledger. */
final class RenderAnswer implements Waiter.Answer {

    /** The exchange's property with a key that was made up, until it is answered with a video. */
    static final String UNANSWERED_KEY = "CamelRayUnansweredKey";

    private final Ledger ledger;
    private final RenderId render;

    RenderAnswer(Ledger ledger, RenderId render) {
        this.ledger = ledger;
        this.render = render;
    }

    /** @throws RayException if it ended without a video, or waits for a person */
    @Override
    public void fill(Exchange exchange, String key) {
        RenderRecord found = ledger.render(render)
                .orElseThrow(() -> new IllegalStateException("The ledger has lost render " + render));
        describe(found, exchange.getMessage());
        switch (found.state()) {
            case DELIVERED -> {
                deliver(found, key, exchange.getMessage());
                exchange.removeProperty(UNANSWERED_KEY);
            }
            case HELD, UNKNOWN -> throw new RayHeldException(key, found);
            case FAILED ->
                throw new RayFailedException(key, render, found.failure().orElseThrow());
            case CANCELLED ->
                throw new RayFailedException(
                        key, render, new Failure(FailureClass.ABANDONED, "It was cancelled", "Nothing was lost"));
            case PLANNED, SUBMITTING, RENDERING, RENDERED ->
                throw new RayDetachedException(key, Optional.of(render), "The render was taken up again.");
        }
    }

    private void describe(RenderRecord found, Message message) {
        message.setHeader(RayConstants.RENDER_ID, found.id().toString());
        message.setHeader(RayConstants.CAMPAIGN, found.campaign());
        message.setHeader(RayConstants.ACCOUNT, found.account());
        message.setHeader(RayConstants.PROVIDER, found.provider().label());
        message.setHeader(RayConstants.PRICE, found.confirmed().toDollars());
        set(message, RayConstants.JOB_ID, found.job().map(ProviderJobId::value));
        set(message, RayConstants.CHAIN_ID, ledger.chainId(render));
    }

    private static void set(Message message, String header, Optional<?> value) {
        if (value.isPresent()) {
            message.setHeader(header, value.get());
        } else {
            message.removeHeader(header);
        }
    }

    private void deliver(RenderRecord found, String key, Message message) {
        OutputRecord video = output(found, OutputKind.VIDEO)
                .orElseThrow(() -> new IllegalStateException("Render " + render + " was delivered without a video"));
        message.setHeader(RayConstants.SHA256, video.sha256());
        message.setHeader(RayConstants.BYTES, video.bytes());
        message.setHeader(RayConstants.CONTENT_TYPE, video.contentType());
        set(message, RayConstants.EXR_FILE, output(found, OutputKind.EXR).map(exr -> file(exr, key)));
        message.setBody(file(video, key));
    }

    private static Optional<OutputRecord> output(RenderRecord found, OutputKind kind) {
        return found.outputs().stream().filter(output -> output.kind() == kind).findFirst();
    }

    private File file(OutputRecord output, String key) {
        File file = new File(output.location());
        if (!file.isFile() || file.length() != output.bytes()) {
            throw new RayFailedException(
                    key,
                    render,
                    new Failure(
                            FailureClass.DELIVERY,
                            "It was delivered as " + output.location() + ", and is not there any more as it was",
                            "ray:fetch answers a fresh URL as long as the provider keeps it"));
        }
        return file;
    }
}
