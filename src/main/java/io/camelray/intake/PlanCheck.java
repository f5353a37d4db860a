package io.camelray.intake;

import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import io.camelray.rules.Stage;
import java.util.Locale;
import java.util.Optional;

/** Checks everything about a manifest that could be read: its shape, its meaning, every variant of it, its price. */
final class PlanCheck {

    /** How many variants of a matrix that is refused for its size are looked at all the same. */
    private static final int SAMPLE = 1000;

    private final PlanningSettings settings;
    private final RuleBook rules;
    private final PriceBooks prices;
    private final ManifestSchema schema = new ManifestSchema();

    PlanCheck(PlanningSettings settings, RuleBook rules, PriceBooks prices) {
        this.settings = settings;
        this.rules = rules;
        this.prices = prices;
    }

    /**
     * What was found.
     *
     * @param plan what to expand; empty if the matrix cannot be expanded
     * @param count how many variants the matrix has
     */
    record Checked(Manifest manifest, Optional<Plan> plan, Survey survey, long count, Violations violations) {}

    /** A campaign with what it takes to expand it. */
    record Plan(Campaign campaign, Expansion expansion, VariantReader variants, OutputKeys keys) {}

    Checked check(ManifestDocument document) {
        Violations violations = new Violations();
        FieldRules fieldRules = new FieldRules(rules, ManifestInterpreter.provider(document.root(), settings));
        schema.check(document, fieldRules, violations);
        Manifest manifest = new ManifestInterpreter(settings, document, violations).read();
        Optional<Plan> plan =
                new MatrixReader(document, violations).read().map(matrix -> plan(manifest, matrix, document.places()));
        Survey survey = new Survey();
        long count = plan.map(found -> found.expansion().count()).orElse(0L);
        plan.ifPresent(found -> survey(found, count, survey, violations));
        return new Checked(manifest, plan, survey, count, violations);
    }

    private Plan plan(Manifest manifest, Matrix matrix, Places places) {
        Campaign campaign = new Campaign(manifest, matrix, places);
        RuleContext context = new RuleContext(manifest.provider(), settings.hdrAccessOf(manifest.account()));
        return new Plan(
                campaign,
                new Expansion(matrix),
                new VariantReader(campaign, rules, context, prices),
                new OutputKeys(campaign));
    }

    private void survey(Plan plan, long count, Survey survey, Violations violations) {
        new AxisFields(plan.campaign()).check(violations);
        long limit = plan.campaign().manifest().maxRenders();
        if (count > limit) {
            tooMany(plan, count, limit, violations);
        } else if (count == 0) {
            violations.error(
                    Stage.REFERENCES,
                    "matrix",
                    plan.campaign().place("/matrix/exclude"),
                    "Nothing is left of the matrix.",
                    "Exclude less.");
        }
        Twins twins = new Twins(plan.campaign(), plan.keys(), number -> plan.variants()
                .read(plan.expansion().cellAt(number), new Violations()));
        for (Cell cell : count > limit ? plan.expansion().first(SAMPLE) : plan.expansion()) {
            Variant variant = plan.variants().read(cell, violations);
            OutputKeys.Outputs outputs = plan.keys().of(variant, violations);
            twins.check(variant, outputs, violations);
            survey.add(variant, outputs.list());
        }
        if (count <= limit) {
            checkBudget(plan.campaign(), survey.price(), violations);
        }
    }

    private void tooMany(Plan plan, long count, long limit, Violations violations) {
        String price = new CountPrice(plan.campaign(), plan.variants())
                .of(count)
                .map(total -> ", for about " + total.expected())
                .orElse("");
        violations.error(
                Stage.ENVELOPE,
                "max-renders",
                plan.campaign().place("/matrix"),
                String.format(
                        Locale.ROOT, "The matrix makes %,d renders%s; at most %,d are allowed.", count, price, limit),
                limit < settings.maxRenders()
                        ? "Shorten the axes or raise maxRenders."
                        : "Shorten the axes, split the campaign, or have the operator raise ray.max-renders.");
    }

    private static void checkBudget(Campaign campaign, Price price, Violations violations) {
        Money budget = campaign.manifest().budget();
        Place place = campaign.place("/budget");
        if (price.expected().compareTo(budget) > 0) {
            violations.warning(
                    Stage.ACCOUNT,
                    "R109",
                    place,
                    "The expected price, " + price.expected() + ", is above the budget of " + budget
                            + ": what is new will be held.",
                    "Raise the budget, or approve the campaign once it is held.");
        } else if (price.upperBound().compareTo(budget) > 0) {
            violations.warning(
                    Stage.ACCOUNT,
                    "R109",
                    place,
                    "The price may reach " + price.upperBound() + ", above the budget of " + budget
                            + ": the last renders may be held.",
                    "Raise the budget to be sure.");
        }
    }
}
