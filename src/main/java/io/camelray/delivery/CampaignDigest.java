package io.camelray.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.assets.FolderStore;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One message for each campaign that has come to rest, and one for each account that is paused: what came of it and what
 * a person should do. They are files in the home's folder {@code notify}, written whole, until a route has handed them
 * over; a newer one of the same revision replaces one that still waits. Never in one: a prompt, an address, a key.
 */
public final class CampaignDigest {

    private static final int NAMED_AT_MOST = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LedgerViews views;
    private final FolderStore outbox;
    private final Wanted wanted;
    private final boolean json;

    /** Which digests are wanted. */
    public enum Wanted {
        NEVER,
        ATTENTION,
        ALWAYS
    }

    /** @param json JSON instead of text */
    public CampaignDigest(LedgerViews views, Path home, Wanted wanted, boolean json) {
        this.views = views;
        this.outbox = new FolderStore(home.resolve("notify"));
        this.wanted = wanted;
        this.json = json;
    }

    /** A campaign has come to rest. @return the file, if one is wanted */
    public Optional<Path> settled(CampaignStatus status) throws IOException {
        boolean attention = needsAttention(status);
        if (wanted == Wanted.NEVER || wanted == Wanted.ATTENTION && !attention) {
            return Optional.empty();
        }
        String name = status.campaign() + " r" + status.revision() + (attention ? " needs attention" : " is done");
        return Optional.of(write(name, document(status, name, attention)));
    }

    /** An account was paused. @return the file, if one is wanted */
    public Optional<Path> paused(String account, String reason) throws IOException {
        if (wanted == Wanted.NEVER) {
            return Optional.empty();
        }
        String name = "account " + account + " is paused";
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("subject", "camel-ray: " + name);
        document.put(
                "text",
                "Account %s is paused: %s. Its renders wait. When it is mended: camel-ray resume account:%s"
                        .formatted(account, reason, account));
        document.put("account", account);
        document.put("reason", reason);
        return Optional.of(write(name, document));
    }

    private Path write(String name, ObjectNode document) throws IOException {
        byte[] bytes = json
                ? JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document)
                : (document.path("text").asText() + "\n").getBytes(StandardCharsets.UTF_8);
        return outbox.write(name + (json ? ".json" : ".txt"), out -> out.write(bytes));
    }

    private static boolean needsAttention(CampaignStatus status) {
        return status.countWithDrafts(RenderState.FAILED)
                        + status.countWithDrafts(RenderState.HELD)
                        + status.countWithDrafts(RenderState.UNKNOWN)
                > 0;
    }

    private ObjectNode document(CampaignStatus status, String name, boolean attention) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("subject", "camel-ray: " + name);
        ObjectNode counts = JsonNodeFactory.instance.objectNode();
        for (RenderState state : RenderState.values()) {
            if (status.countWithDrafts(state) > 0) {
                counts.put(state.label(), status.countWithDrafts(state));
            }
        }
        ArrayNode named = attention ? named(status) : JsonNodeFactory.instance.arrayNode();
        document.put("text", text(status, counts, named));
        document.put("campaign", status.campaign());
        document.put("revision", status.revision());
        document.put("attention", attention);
        document.set("renders", counts);
        ObjectNode dollars = document.putObject("dollars");
        dollars.put("confirmed", status.confirmed().toDollars());
        dollars.put("reserved", status.reserved().toDollars());
        dollars.put("atRisk", status.atRisk().toDollars());
        dollars.put("budget", status.budget().toDollars());
        document.set("waiting", named);
        return document;
    }

    private ArrayNode named(CampaignStatus status) {
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        views.renders(status.campaign(), render -> {
            boolean waits = render.state() == RenderState.FAILED
                    || render.state() == RenderState.HELD
                    || render.state() == RenderState.UNKNOWN;
            if (waits && named.size() < NAMED_AT_MOST) {
                describe(named.addObject(), render);
            }
        });
        return named;
    }

    /** The provider's own words stay out of it: they may quote the prompt. */
    private static void describe(ObjectNode node, RenderRecord render) {
        node.put("render", render.id().toString());
        node.put("variant", render.label());
        node.put("step", render.step());
        node.put("state", render.state().label());
        render.held().ifPresent(reason -> node.put("why", reason.label()));
        render.failure().map(Failure::kind).ifPresent(kind -> node.put("why", kind.label()));
    }

    private static String text(CampaignStatus status, ObjectNode counts, ArrayNode named) {
        StringBuilder text = new StringBuilder("%s r%s: ".formatted(status.campaign(), status.revision()));
        String separator = "";
        for (var count : counts.properties()) {
            text.append(separator).append(count.getValue().asInt()).append(' ').append(count.getKey());
            separator = ", ";
        }
        text.append("\n%s confirmed, %s at risk, of a budget of %s"
                .formatted(status.confirmed(), status.atRisk(), status.budget()));
        named.forEach(render -> text.append("\n%s %s (%s) is %s%s"
                .formatted(
                        render.path("render").asText(),
                        render.path("variant").asText(),
                        render.path("step").asText(),
                        render.path("state").asText(),
                        render.has("why") ? ": " + render.path("why").asText() : "")));
        if (!named.isEmpty()) {
            text.append("\nMore: camel-ray status ").append(status.campaign());
        }
        return text.toString();
    }
}
