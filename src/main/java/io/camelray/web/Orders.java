package io.camelray.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.ledger.OperatorException;
import io.camelray.ledger.OperatorLedger;
import io.camelray.ledger.OperatorLedger.Approval;
import io.camelray.ledger.OperatorLedger.Cancellation;
import io.camelray.ledger.OperatorLedger.Regeneration;
import io.camelray.ledger.OperatorLedger.Rejection;
import io.camelray.ledger.OperatorLedger.Resumption;
import io.camelray.ledger.OperatorLedger.Retry;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out orders about one target, and says in words and numbers what was done. */
final class Orders {

    private final OperatorLedger ledger;
    private final String name;
    private final Target target;

    Orders(OperatorLedger ledger, String name, Target target) {
        this.ledger = ledger;
        this.name = name;
        this.target = target;
    }

    ObjectNode cancel() {
        if (target instanceof Target.OfRender render) {
            Cancellation done = ledger.cancel(render.id());
            return numbers(answer(cancelled(done)), done);
        }
        Cancellation done = ledger.cancelCampaign(campaign("cancelled"));
        return numbers(answer(cancelledCampaign(done)), done);
    }

    private String cancelled(Cancellation done) {
        String dependent = done.dependent() == 0
                ? ""
                : "; " + renders(done.dependent()) + " that start from it " + were(done.dependent()) + " cancelled too";
        return done.goesOn() == 0
                ? "Render " + name + " is cancelled, nothing more is paid" + dependent
                : "Render " + name + " is at the provider already (" + done.paid()
                        + "): it is asked to cancel where it can"
                        + " (Replicate), else the render finishes and is delivered, flagged cancel-requested"
                        + dependent;
    }

    private String cancelledCampaign(Cancellation done) {
        List<String> parts = new ArrayList<>();
        parts.add(renders(done.cancelled()) + " " + were(done.cancelled()) + " cancelled, nothing is paid for them");
        if (done.goesOn() > 0) {
            parts.add(renders(done.goesOn()) + " (" + done.paid()
                    + ") at the provider already: it is asked to cancel where"
                    + " it can (Replicate), else they finish and are delivered, flagged cancel-requested");
        }
        if (done.unknown() > 0) {
            parts.add(renders(done.unknown()) + " unknown: resolve them");
        }
        return "Campaign " + name + ": " + String.join("; ", parts);
    }

    private static ObjectNode numbers(ObjectNode answer, Cancellation done) {
        return answer.put("cancelled", done.cancelled())
                .put("goesOn", done.goesOn())
                .put("goesOnDollars", done.paid().toDollars())
                .put("unknown", done.unknown());
    }

    ObjectNode pause() {
        if (target instanceof Target.OfRender render) {
            ledger.pause(render.id());
            return answer("Render " + name + " is held until it is resumed").put("held", 1);
        }
        if (target instanceof Target.OfAccount account) {
            ledger.pauseAccount(account.name());
            return answer("Account " + account.name()
                    + " submits nothing until it is resumed, restarts included; what is in flight goes on");
        }
        int held = ledger.pauseCampaign(campaign("paused"));
        return answer("Campaign " + name + " is paused: " + renders(held) + " held; what is in flight goes on")
                .put("held", held);
    }

    ObjectNode resume(Optional<Money> budget) {
        if (target instanceof Target.OfRender render) {
            ledger.resume(render.id());
            return answer("Render " + name + " goes on").put("released", 1);
        }
        if (target instanceof Target.OfAccount account) {
            ledger.resumeAccount(account.name());
            return answer("Account " + account.name() + " submits again");
        }
        Resumption done = ledger.resumeCampaign(campaign("resumed"), budget);
        return answer("Campaign " + name + " goes on with a budget of " + done.budget() + ": "
                        + renders(done.released()) + " released, " + done.stillHeld() + " still held"
                        + (done.stillHeld() > 0 ? " (camel-ray status " + name + " says why)" : ""))
                .put("released", done.released())
                .put("stillHeld", done.stillHeld())
                .put("budgetDollars", done.budget().toDollars());
    }

    ObjectNode retry() {
        Retry done = target instanceof Target.OfRender render
                ? ledger.retry(render.id())
                : ledger.retryCampaign(campaign("retried"));
        String what = target instanceof Target.OfRender
                ? "Render " + name + " is planned again"
                : "Campaign " + name + ": " + renders(done.planned()) + " planned again";
        String revived = done.revived() == 0 ? "" : ", and " + renders(done.revived()) + " that start from there";
        String paid = done.paidBefore().equals(Money.ZERO)
                ? ""
                : "; earlier attempts cost " + done.paidBefore() + ", a new one costs again";
        String held = done.held()
                .map(reason -> "; held for " + reason.label() + " until the campaign is resumed")
                .orElse("");
        ObjectNode answer = answer(what + revived + paid + held)
                .put("planned", done.planned())
                .put("revived", done.revived())
                .put("paidBeforeDollars", done.paidBefore().toDollars());
        done.held().map(HoldReason::label).ifPresent(reason -> answer.put("held", reason));
        return answer;
    }

    ObjectNode again() {
        if (target instanceof Target.OfRender) {
            throw new OperatorException("Only a whole campaign can be rendered again; name it instead of " + name);
        }
        Regeneration done = ledger.again(campaign("rendered again"));
        String held = done.held()
                ? "; held, because that does not fit into the budget of " + done.budget()
                        + " beside what is spent: camel-ray resume " + name + " --budget"
                : ", within the budget of " + done.budget();
        return answer("Campaign " + name + ": all of it is planned once more as r" + done.revision() + ", "
                        + renders(done.planned()) + " for " + done.expected() + " expected, " + done.upperBound()
                        + " at most, paid in addition" + held
                        + "; what is delivered takes the place of what lies under the same keys")
                .put("revision", done.revision())
                .put("generation", done.generation())
                .put("planned", done.planned())
                .put("expectedDollars", done.expected().toDollars())
                .put("upperBoundDollars", done.upperBound().toDollars())
                .put("budgetDollars", done.budget().toDollars())
                .put("heldForBudget", done.held());
    }

    ObjectNode approve() {
        Approval done = target instanceof Target.OfRender render
                ? ledger.approve(render.id())
                : ledger.approveCampaign(campaignWithApprovals(), variant());
        String needed = done.needed() == 0 ? "" : ", and " + renders(done.needed()) + " that they start from";
        String held = done.held()
                .map(reason -> "; held for " + reason.label() + " until the campaign is resumed")
                .orElse("");
        ObjectNode answer = answer(name + ": " + renders(done.approved()) + " approved" + needed + ", for "
                        + done.price() + held + waiting(done.waiting()))
                .put("approved", done.approved())
                .put("needed", done.needed())
                .put("priceDollars", done.price().toDollars())
                .put("waiting", done.waiting());
        done.held().map(HoldReason::label).ifPresent(reason -> answer.put("held", reason));
        return answer;
    }

    ObjectNode reject() {
        Rejection done = target instanceof Target.OfRender render
                ? ledger.reject(render.id())
                : ledger.rejectCampaign(campaignWithApprovals(), variant());
        String dependent = done.dependent() == 0 ? "" : ", and " + renders(done.dependent()) + " that start from there";
        return answer(name + ": " + renders(done.rejected()) + " rejected" + dependent + ", nothing more is paid for "
                        + (done.rejected() + done.dependent() == 1 ? "it" : "them") + waiting(done.waiting()))
                .put("rejected", done.rejected())
                .put("dependent", done.dependent())
                .put("waiting", done.waiting());
    }

    private static String waiting(int count) {
        return count == 0 ? "" : "; " + renders(count) + " still held for approval";
    }

    private Optional<String> variant() {
        return target instanceof Target.OfVariant variant ? Optional.of(variant.label()) : Optional.empty();
    }

    private String campaignWithApprovals() {
        return target instanceof Target.OfVariant variant ? variant.campaign() : campaign("approved");
    }

    private String campaign(String verb) {
        if (target instanceof Target.OfCampaign campaign) {
            return campaign.name();
        }
        throw new OperatorException(
                target instanceof Target.OfVariant
                        ? "A variant cannot be " + verb + ", only approved and rejected; name its renders, such as R17"
                        : "An account cannot be " + verb + ", only paused and resumed");
    }

    private ObjectNode answer(String message) {
        return JsonNodeFactory.instance.objectNode().put("target", name).put("message", message);
    }

    private static String renders(int count) {
        return count == 1 ? "1 render" : count + " renders";
    }

    private static String were(int count) {
        return count == 1 ? "was" : "were";
    }
}
