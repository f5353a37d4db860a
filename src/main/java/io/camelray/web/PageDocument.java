package io.camelray.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.LedgerViews.OpenWindow;
import io.camelray.ledger.LedgerViews.WorkLeft;
import io.camelray.model.Money;
import io.camelray.model.RenderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that the status page shows at a glance: counts and sums, no single render. Cheap enough for every second. */
final class PageDocument {

    /** The latest; older ones are found with {@code camel-ray status}. */
    static final int CAMPAIGNS = 200;

    private final PageParts parts;

    PageDocument(PageParts parts) {
        this.parts = parts;
    }

    ObjectNode now() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        List<CampaignStatus> all = parts.ledger().campaigns();
        Map<String, OpenWindow> windows = parts.ledger().openWindows().stream()
                .collect(Collectors.toMap(OpenWindow::campaign, window -> window, (first, second) -> first));
        ArrayNode campaigns = document.putArray("campaigns");
        all.stream()
                .sorted(Comparator.comparing(CampaignStatus::acceptedAt).reversed())
                .limit(CAMPAIGNS)
                .forEach(status -> describe(campaigns.addObject(), status, windows));
        document.put("campaignsInAll", all.size());
        ObjectNode money = document.putObject("dollars");
        dollars(money, "reserved", all, CampaignStatus::reserved);
        dollars(money, "confirmed", all, CampaignStatus::confirmed);
        dollars(money, "atRisk", all, CampaignStatus::atRisk);
        work(document.putObject("work"), parts.ledger().workLeft());
        document.set(
                "accounts",
                new StatusDocument(parts.ledger(), parts.accounts())
                        .of(List.of())
                        .path("accounts"));
        return document;
    }

    private void describe(ObjectNode node, CampaignStatus status, Map<String, OpenWindow> windows) {
        node.put("campaign", status.campaign());
        node.put("revision", status.revision());
        node.put("source", status.source());
        node.put("acceptedAt", status.acceptedAt().toString());
        node.put("changes", status.changes());
        node.put("total", status.total());
        counts(node.putObject("renders"), status.counts());
        if (!status.drafts().isEmpty()) {
            counts(node.putObject("drafts"), status.drafts());
        }
        ObjectNode money = node.putObject("dollars");
        money.put("budget", text(status.budget()));
        money.put("expected", text(status.expected()));
        money.put("reserved", text(status.reserved()));
        money.put("confirmed", text(status.confirmed()));
        money.put("atRisk", text(status.atRisk()));
        if (windows.containsKey(status.campaign())) {
            node.put("windowUntil", windows.get(status.campaign()).until().toString());
        }
        Path sheet = parts.home().resolve("reports").resolve(status.campaign()).resolve("contact-sheet.html");
        node.put("sheet", Files.isRegularFile(sheet));
    }

    private static void counts(ObjectNode node, Map<RenderState, Integer> counts) {
        for (RenderState state : RenderState.values()) {
            if (counts.getOrDefault(state, 0) > 0) {
                node.put(state.label(), counts.get(state));
            }
        }
    }

    private static void dollars(
            ObjectNode node, String name, List<CampaignStatus> all, Function<CampaignStatus, Money> amount) {
        node.put(name, text(all.stream().map(amount).reduce(Money.ZERO, Money::plus)));
    }

    /** As text: JavaScript's numbers are not exact. */
    private static String text(Money money) {
        return money.toDollars().toPlainString();
    }

    private static void work(ObjectNode node, WorkLeft left) {
        node.put("due", left.due());
        node.put("dueLater", left.dueLater());
        left.nextDue().ifPresent(at -> node.put("nextDue", at.toString()));
        node.put("waitingForParents", left.waitingForParents());
        node.put("submitting", left.submitting());
        node.put("rendering", left.rendering());
        node.put("rendered", left.rendered());
    }
}
