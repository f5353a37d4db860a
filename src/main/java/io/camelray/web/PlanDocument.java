package io.camelray.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.intake.PlanPreview;
import io.camelray.model.Price;
import io.camelray.model.Violation;
import java.util.List;

/** What a manifest would do, as a document for programs: that of {@code camel-ray plan --json} and of the status page. */
public final class PlanDocument {

    private PlanDocument() {}

    private static void shares(ArrayNode array, List<PlanPreview.Share> shares) {
        shares.forEach(share ->
                price(array.addObject().put("name", share.name()).put("renders", share.renders()), share.price()));
    }

    private static void price(ObjectNode entry, Price price) {
        entry.put("expected", price.expected().toDollars());
        entry.put("upperBound", price.upperBound().toDollars());
    }

    public static ObjectNode of(PlanPreview preview) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        preview.campaign().ifPresent(campaign -> document.put("campaign", campaign));
        document.put("acceptable", preview.acceptable());
        document.put("provider", preview.provider().label());
        document.put("account", preview.account());
        document.put("variants", preview.variants());
        document.put("renders", preview.renders());
        ObjectNode dollars = document.putObject("dollars");
        dollars.put("expected", preview.price().expected().toDollars());
        dollars.put("upperBound", preview.price().upperBound().toDollars());
        dollars.put("drafts", preview.draftPrice().expected().toDollars());
        dollars.put("budget", preview.budget().toDollars());
        preview.deadline().ifPresent(deadline -> document.putObject("deadline")
                .put("readyBy", deadline.readyBy().toString())
                .put("estimatedSeconds", deadline.estimate().toSeconds())
                .put("latestStart", deadline.latestStart().toString())
                .put("inTime", !deadline.isMissed()));
        document.put("priority", preview.priority());
        shares(document.putArray("steps"), preview.shares().steps());
        ObjectNode values = document.putObject("values");
        values.put("axis", preview.shares().axis());
        values.put("count", preview.shares().valueCount());
        shares(values.putArray("first"), preview.shares().values());
        shares(document.putArray("ratios"), preview.shares().ratios());
        ArrayNode ways = document.putArray("ways");
        for (PlanPreview.Way way : preview.ways()) {
            ObjectNode entry = ways.addObject();
            entry.put("ratios", way.ratios());
            entry.put("planned", way.ratios().equals(preview.ratios()));
            entry.put("possible", way.isPossible());
            entry.put("problem", way.problem());
            price(entry.put("renders", way.renders()), way.price());
        }
        document.put("holdSeconds", preview.hold().toSeconds());
        document.put("prices", preview.priceBook());
        document.put("assumption", preview.price().assumption());
        ArrayNode keys = document.putArray("keys");
        preview.keys().forEach(keys::add);
        document.put("keyCount", preview.keyCount());
        ArrayNode violations = document.putArray("violations");
        for (Violation violation : preview.violations()) {
            violations
                    .addObject()
                    .put("rule", violation.rule())
                    .put("severity", violation.severity().label())
                    .put("file", violation.place().file())
                    .put("pointer", violation.place().pointer())
                    .put("line", violation.place().line())
                    .put("column", violation.place().column())
                    .put("message", violation.message())
                    .put("remedy", violation.remedy())
                    .put("variant", violation.variant());
        }
        return document;
    }
}
