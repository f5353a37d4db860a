package io.camelray.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.intake.Suggestions;
import io.camelray.ledger.AccountState;
import io.camelray.ledger.AccountUse;
import io.camelray.ledger.ArchiveLedger.Archived;
import io.camelray.ledger.LearnedLimits.Learned;
import io.camelray.ledger.LedgerViews;
import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.Failure;
import io.camelray.model.HoldReason;
import io.camelray.model.RenderState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Counts, money, and what waits and why, as JSON. */
public final class StatusDocument {

    private static final int ATTENTION_AT_MOST = 200;

    private final LedgerViews ledger;
    private final Map<String, AccountAccess> accounts;
    private final TimeGuess timeGuess;

    /** Without guessing how long anything takes. @param accounts those that are configured, by name */
    public StatusDocument(LedgerViews ledger, Map<String, AccountAccess> accounts) {
        this(ledger, accounts, TimeGuess.NONE);
    }

    /** @param accounts those that are configured, by name */
    public StatusDocument(LedgerViews ledger, Map<String, AccountAccess> accounts, TimeGuess timeGuess) {
        this.ledger = ledger;
        this.timeGuess = timeGuess;
        this.accounts = Map.copyOf(accounts);
    }

    /**
     * @param campaign only this one; empty for all
     * @throws OperatorException if there is no such campaign
     */
    public ObjectNode of(Optional<String> campaign) {
        List<CampaignStatus> campaigns = campaign.map(
                        name -> List.of(ledger.campaign(name).orElseThrow(() -> new OperatorException(unknown(name)))))
                .orElseGet(ledger::campaigns);
        return of(campaigns);
    }

    private String unknown(String name) {
        List<String> known =
                ledger.campaigns().stream().map(CampaignStatus::campaign).toList();
        return ("There is no campaign '" + name + "'. " + Suggestions.didYouMean(name, known, "")).strip();
    }

    /** The same for these campaigns. */
    public ObjectNode of(List<CampaignStatus> campaigns) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("campaigns");
        Set<String> paused = ledger.pausedCampaigns();
        Map<String, Duration> left = timeGuess.left(campaigns);
        Map<String, Archived> archived = ledger.archivedCampaigns();
        campaigns.forEach(status -> {
            ObjectNode node = list.addObject();
            describe(node, status, paused.contains(status.campaign()));
            if (left.containsKey(status.campaign())) {
                node.put("secondsLeft", left.get(status.campaign()).toSeconds());
            }
            if (archived.containsKey(status.campaign())) {
                describe(node.putObject("archived"), archived.get(status.campaign()));
            }
        });
        ArrayNode known = document.putArray("accounts");
        Set<String> unused = new TreeSet<>(accounts.keySet());
        ledger.accountStates().forEach(state -> {
            unused.remove(state.registered().name());
            describe(known.addObject(), state);
        });
        unused.forEach(name -> describe(known.addObject(), name));
        return document;
    }

    private void describe(ObjectNode node, CampaignStatus status, boolean paused) {
        node.put("campaign", status.campaign());
        node.put("revision", status.revision());
        node.put("paused", paused);
        node.put("total", status.total());
        ObjectNode counts = node.putObject("renders");
        for (RenderState state : RenderState.values()) {
            if (status.count(state) > 0) {
                counts.put(state.label(), status.count(state));
            }
        }
        if (!status.drafts().isEmpty()) {
            ObjectNode drafts = node.putObject("drafts");
            for (RenderState state : RenderState.values()) {
                if (status.drafts().containsKey(state)) {
                    drafts.put(state.label(), status.drafts().get(state));
                }
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
        return Arrays.stream(RenderState.values())
                .anyMatch(state -> status.countWithDrafts(state) > 0 && needsAttention(state));
    }

    private static boolean needsAttention(RenderState state) {
        return state == RenderState.UNKNOWN || state == RenderState.HELD || state == RenderState.FAILED;
    }

    private static void describe(ObjectNode node, RenderRecord render) {
        node.put("render", render.id().toString());
        node.put("variant", render.label());
        node.put("step", render.step());
        if (render.draft()) {
            node.put("draft", true);
        }
        render.draftObject().ifPresent(object -> node.put("draftObject", object));
        node.put("state", render.state().label());
        render.held().map(HoldReason::label).ifPresent(reason -> node.put("held", reason));
        node.put("why", render.failure().map(Failure::reason).orElse(render.note()));
        render.failure().map(Failure::remedy).ifPresent(remedy -> node.put("remedy", remedy));
    }

    private static void describe(ObjectNode node, Archived archived) {
        node.put("at", archived.at().toString()).put("file", archived.file());
    }

    /** What is known of an account that the ledger may not have met. */
    private void describe(ObjectNode node, String name) {
        AccountAccess access = accounts.get(name);
        node.put("account", name);
        node.put("configured", access != null);
        if (access != null) {
            node.put("provider", access.provider());
            node.put("baseUrl", access.baseUrl());
            node.put("keySet", access.keySet());
            node.put("hdr", access.hdr());
        }
    }

    private void describe(ObjectNode node, AccountState state) {
        AccountUse use = state.use();
        describe(node, use.account());
        node.put("provider", state.registered().provider().label());
        node.put("baseUrl", state.registered().baseUrl());
        node.put("posting", use.posting());
        node.put("active", use.active());
        node.put("maxConcurrent", use.limits().maxConcurrent());
        node.put("inLastMinute", use.inWindow());
        node.put("requestsPerMinute", use.limits().requestsPerMinute());
        node.put("maxPosting", use.limits().maxPosting());
        ObjectNode configured = node.putObject("configuredLimits");
        configured.put("maxConcurrent", state.registered().limits().maxConcurrent());
        configured.put("requestsPerMinute", state.registered().limits().requestsPerMinute());
        ObjectNode learned = node.putObject("learnedLimits");
        state.learned().maxConcurrent().ifPresent(limit -> describe(learned.putObject("maxConcurrent"), limit));
        state.learned().requestsPerMinute().ifPresent(limit -> describe(learned.putObject("requestsPerMinute"), limit));
        use.notBefore()
                .filter(until -> until.isAfter(use.now()))
                .ifPresent(until -> node.put("coolingUntil", until.toString()));
        use.pausedFor().ifPresent(reason -> node.put("paused", reason));
        use.recheckAt().ifPresent(at -> node.put("triesAgainAt", at.toString()));
    }

    private static void describe(ObjectNode node, Learned learned) {
        node.put("limit", learned.limit());
        learned.until().ifPresent(until -> node.put("until", until.toString()));
    }
}
