package io.camelray.intake;

import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import io.camelray.rules.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks everything about a manifest that could be read: its shape, its meaning, every variant of it, its price. */
final class PlanCheck {

    /** How many variants of a matrix that is refused for its size are looked at all the same. */
    private static final int SAMPLE = 1000;

    private final PlanningSettings settings;
    private final RuleBook rules;
    private final PriceBooks prices;
    private final PlanMedia media;
    private final ManifestSchema schema = new ManifestSchema();

    PlanCheck(PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media) {
        this.settings = settings;
        this.media = media;
        this.rules = rules;
        this.prices = prices;
    }

    /**
     * What was found.
     *
     * @param plan what to expand; empty if the matrix cannot be expanded
     * @param variants how many cells the matrix has
     * @param renders how many the steps make of them
     */
    record Checked(
            Manifest manifest,
            Optional<Plan> plan,
            Survey survey,
            long variants,
            long renders,
            Violations violations) {}

    /**
     * A campaign with what it takes to expand it.
     *
     * @param expansions the cells of each step
     * @param files the files that it names, as far as its renders have been made
     */
    record Plan(
            Campaign campaign, List<Expansion> expansions, VariantReader variants, OutputKeys keys, LocalMedia files) {

        Expansion expansion(Step step) {
            return expansions.get(step.number());
        }

        /** How many renders there are, without making them. */
        long count() {
            return expansions.stream().mapToLong(Expansion::count).reduce(0, PlanCheck::plus);
        }
    }

    private static long plus(long a, long b) {
        return Math.min(a, Long.MAX_VALUE / 2) + Math.min(b, Long.MAX_VALUE / 4);
    }

    Checked check(ManifestDocument document, Optional<Path> folder) {
        Violations violations = new Violations();
        FieldRules fieldRules = new FieldRules(rules, ManifestInterpreter.provider(document.root(), settings));
        schema.check(document, fieldRules, violations);
        Manifest manifest = new ManifestInterpreter(settings, document, violations).read();
        Optional<Matrix> matrix = new MatrixReader(document, violations).read();
        Optional<Plan> plan = matrix.map(found -> plan(manifest, found, document, folder, violations));
        Survey survey = new Survey();
        long count = plan.map(Plan::count).orElse(0L);
        plan.ifPresent(found -> survey(found, count, survey, violations));
        long variants = matrix.map(found -> new Expansion(found).count()).orElse(0L);
        long renders = count > manifest.maxRenders() ? count : survey.renders();
        return new Checked(manifest, plan, survey, variants, renders, violations);
    }

    private Plan plan(
            Manifest manifest, Matrix matrix, ManifestDocument document, Optional<Path> folder, Violations violations) {
        List<Step> written = new StepReader(document, matrix, violations).read();
        List<Step> steps = new StepGraph(manifest, matrix, document, written, violations).link();
        Campaign campaign = new Campaign(manifest, matrix, steps, document.places());
        RuleContext context = new RuleContext(manifest.provider(), settings.hdrAccessOf(manifest.account()))
                .withUrls(media.urls())
                .withHosted(media.hosted());
        LocalMedia files = new LocalMedia(folder);
        return new Plan(
                campaign,
                steps.stream()
                        .map(step -> new Expansion(matrix, step.each(), steps.size()))
                        .toList(),
                new VariantReader(
                        campaign,
                        rules,
                        context,
                        prices,
                        new References(steps, settings.assetsAllowed(), files),
                        new MediaLooks(media.probe(), folder)),
                new OutputKeys(campaign),
                files);
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
        Twins twins = new Twins(plan.campaign(), plan.keys(), owner -> again(plan, owner));
        for (Step step : plan.campaign().steps()) {
            Expansion cells = plan.expansion(step);
            for (Cell cell : count > limit ? cells.first(SAMPLE) : cells) {
                Variant variant = plan.variants().read(step, cell, violations);
                OutputKeys.Outputs outputs = plan.keys().of(variant, violations);
                twins.check(variant, outputs, violations);
                survey.add(variant, outputs.list());
            }
        }
        plan.campaign().steps().stream()
                .filter(step -> plan.expansion(step).isLost())
                .forEach(step -> violations.error(
                        Stage.REFERENCES,
                        "matrix",
                        plan.campaign().place("/matrix/exclude"),
                        "The excludes are too intricate to tell what they leave for step '" + step.id() + "'.",
                        "Exclude by fewer axes, or let the step fan out over the axes that are excluded."));
        if (count <= limit) {
            checkBudget(plan.campaign(), survey.price(), violations);
        }
    }

    private static Variant again(Plan plan, long owner) {
        Step step = plan.campaign().steps().get(Twins.step(owner));
        return plan.variants().read(step, plan.expansion(step).cellAt(Twins.cell(owner)), new Violations());
    }

    private void tooMany(Plan plan, long count, long limit, Violations violations) {
        String price = new CountPrice(plan)
                .total()
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
