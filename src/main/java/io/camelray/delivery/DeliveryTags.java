package io.camelray.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.assets.ObjectTags;
import io.camelray.assets.StoreUnavailableException;
import io.camelray.ledger.DeliveryLedger.PendingOutput;
import io.camelray.ledger.RenderRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tags stored objects: campaign, sku (where an axis is called so), step, price, and that an AI made them. */
public final class DeliveryTags {

    private final Supplier<ObjectTags> tags;

    /** @param tags asked for only when a destination is a bucket */
    public DeliveryTags(Supplier<ObjectTags> tags) {
        this.tags = tags;
    }

    /**
     * Tags the object if it is in a bucket.
     *
     * @throws DeliveryRetryException if the store cannot be asked now
     */
    public void tag(PendingOutput pending, SecuredOutput output) throws DeliveryRetryException {
        if (output.bucket().isEmpty()) {
            return;
        }
        try {
            tags.get().put(output.bucket().get(), output.objectKey(), of(pending.render()));
        } catch (StoreUnavailableException e) {
            throw new DeliveryRetryException(
                    pending.render().id(), DeliveryPace.after(pending.attempt()), e.getMessage(), e);
        }
    }

    static Map<String, String> of(RenderRecord render) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("campaign", render.campaign());
        JsonNode sku = Findings.tree(render.cell()).path("sku");
        if (sku.isValueNode() && !sku.asText().isEmpty()) {
            tags.put("sku", sku.asText());
        }
        if (!render.step().isEmpty()) {
            tags.put("step", render.step());
        }
        tags.put("price", RecordJson.dollars(render.price().expected()).toPlainString());
        tags.put("ai-generated", "true");
        return tags;
    }
}
