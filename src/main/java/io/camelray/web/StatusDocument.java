package io.camelray.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.RenderState;
import java.util.List;
import java.util.Optional;

/** Counts, money, and what waits and why, as JSON. */
public final class StatusDocument {

    private static final int ATTENTION_AT_MOST = 200;

    private final LedgerViews ledger;

    public StatusDocument(LedgerViews ledger) {
        this.ledger = ledger;
    }

    /**
     * @param campaign only this one; empty for all
     * @throws OperatorException if there is no such campaign
     */
    public ObjectNode of(Optional<String> campaign) {
        List<CampaignStatus> campaigns = campaign.map(name -> List.of(ledger.campaign(name)
                        .orElseThrow(() -> new OperatorException("There is no campaign '" + name + "'"))))
                .orElseGet(ledger::campaigns);
        return of(campaigns);
    }

    /** The same for these campaigns. */
    public ObjectNode of(List<CampaignStatus> campaigns) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("campaigns");
        campaigns.forEach(status -> describe(list.addObject(), status));
        ArrayNode accounts = document.putArray("accounts");
        ledger.accounts().forEach(use -> describe(accounts.addObject(), use));
        return document;
    }

    private void describe(ObjectNode node, CampaignStatus status) {
        node.put("campaign", status.campaign());
        node.put("revision", status.revision());
        node.put("total", status.total());
        ObjectNode counts = node.putObject("renders");
        for (RenderState state : RenderState.values()) {
            if (status.count(state) > 0) {
                counts.put(state.label(), status.count(state));
            }
        }
        ObjectNode money = node.putObject("dollars");
        money.put("budget", status.budget().toDollars());
        money.put("expected", status.expected().toDollars());
        money.put("reserved", status.reserved().toDollars());
        money.put("confirmed", status.confirmed().toDollars());
        money.put("atRisk", status.atRisk().toDollars());
        ArrayNode attention = node.putArray("attention");
        if (needsAttention(status)) {
            ledger.renders(status.campaign(), render -> {
                if (attention.size() < ATTENTION_AT_MOST && needsAttention(render.state())) {
                    describe(attention.addObject(), render);
                }
            });
        }
    }

    private static boolean needsAttention(CampaignStatus status) {
        return status.counts().entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 0 && needsAttention(entry.getKey()));
    }

    private static boolean needsAttention(RenderState state) {
        return state == RenderState.UNKNOWN || state == RenderState.HELD || state == RenderState.FAILED;
    }

    private static void describe(ObjectNode node, RenderRecord render) {
        node.put("render", render.id().toString());
        node.put("variant", render.label());
        node.put("step", render.step());
        node.put("state", render.state().label());
        render.held().map(HoldReason::label).ifPresent(reason -> node.put("held", reason));
        node.put("why", render.failure().map(Failure::reason).orElse(render.note()));
        render.failure().map(Failure::remedy).ifPresent(remedy -> node.put("remedy", remedy));
    }

    private static void describe(ObjectNode node, AccountUse use) {
        node.put("account", use.account());
        node.put("active", use.active());
        node.put("maxConcurrent", use.limits().maxConcurrent());
        node.put("inLastMinute", use.inWindow());
        node.put("requestsPerMinute", use.limits().requestsPerMinute());
        use.pausedFor().ifPresent(reason -> node.put("paused", reason));
    }
}
