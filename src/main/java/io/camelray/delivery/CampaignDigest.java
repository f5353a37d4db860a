package io.camelray.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.assets.FolderStore;
import io.camelray.ledger.DigestLedger;
import io.camelray.ledger.DigestLedger.Digest;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message for each campaign that has come to rest, and one for each account that is paused: what came of it and what
 * a person should do. The ledger keeps them, once for all nodes, and whichever node leases one writes it whole into its
 * home's folder {@code notify}, for a route to hand over; a newer one of the same revision replaces one that still waits.
 * Never in one: a prompt, an address, a key.
 */
public final class CampaignDigest {

    private static final int NAMED_AT_MOST = 10;
    private static final long ONCE = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LedgerViews views;
    private final DigestLedger digests;
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
    public CampaignDigest(LedgerViews views, DigestLedger digests, Path home, Wanted wanted, boolean json) {
        this.views = views;
        this.digests = digests;
        this.outbox = new FolderStore(home.resolve("notify"));
        this.wanted = wanted;
        this.json = json;
    }

    /** A campaign has come to rest. Each node may say so. */
    public void settled(CampaignStatus status) {
        boolean attention = needsAttention(status);
        if (wanted == Wanted.NEVER || wanted == Wanted.ATTENTION && !attention) {
            return;
        }
        String name = status.campaign() + " r" + status.revision() + (attention ? " needs attention" : " is done");
        add(name, status.changes(), document(status, name, attention));
    }

    /** An account is paused. Each node may say so, as often as it likes; it is told of once. */
    public void paused(String account, String reason) {
        if (wanted == Wanted.NEVER) {
            return;
        }
        String name = nameOf(account);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("subject", "camel-ray: " + name);
        document.put(
                "text",
                "Account %s is paused: %s. Its renders wait. When it is mended: camel-ray resume account:%s"
                        .formatted(account, reason, account));
        document.put("account", account);
        document.put("reason", reason);
        add(name, ONCE, document);
    }

    /** An account is not paused any more: nobody needs to be told that it was, and the next pause is told of anew. */
    public void mended(String account) {
        if (wanted != Wanted.NEVER) {
            digests.forgetDigest(nameOf(account));
        }
    }

    private static String nameOf(String account) {
        return "account " + account + " is paused";
    }

    private void add(String name, long stamp, ObjectNode document) {
        digests.addDigest(new Digest(name, stamp, document.toString()));
    }

    /**
     * Leases what is to be sent and that no other node has in hand, and writes it for the route that sends it.
     *
     * @return the files written: name, stamp, and what it is
     * @throws IOException if one cannot be written; it is tried again when the lease is over, here or elsewhere
     */
    public List<Path> write(int limit, Duration lease) throws IOException {
        if (wanted == Wanted.NEVER) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        Optional<IOException> trouble = Optional.empty();
        for (Digest digest : digests.claimDigests(limit, lease)) {
            try {
                files.add(write(digest));
            } catch (IOException e) {
                digests.releaseDigest(digest.name(), digest.stamp(), lease);
                trouble = trouble.or(() -> Optional.of(e));
            }
        }
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return files;
    }

    private Path write(Digest digest) throws IOException {
        JsonNode document = JSON.readTree(digest.document());
        byte[] bytes = json
                ? JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document)
                : (document.path("text").asText() + "\n").getBytes(StandardCharsets.UTF_8);
        String file = digest.name() + "." + digest.stamp() + (json ? ".json" : ".txt");
        return outbox.write(file, out -> out.write(bytes));
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
