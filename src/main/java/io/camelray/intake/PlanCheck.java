package io.camelray.intake;

import io.camelray.ledger.PlanningLedger.PlannedOutput;
import io.camelray.model.GenerationFacts;
import io.camelray.model.Labelled;
import io.camelray.model.Money;
import io.camelray.model.Place;
import io.camelray.model.Price;
import io.camelray.model.ProviderName;
import io.camelray.model.Violation;
import io.camelray.pricing.PriceBooks;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import io.camelray.rules.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/** Checks everything about a manifest that could be read: its shape, its meaning, every variant of it, its price. */
final class PlanCheck {

    /** How many variants of a matrix that is refused for its size are looked at all the same. */
    private static final int SAMPLE = 1000;

    private final PlanningSettings settings;
    private final RuleBook rules;
    private final PriceBooks prices;
    private final PlanMedia media;
    private final BiFunction<ProviderName, String, Optional<GenerationFacts>> generations;
    private final ManifestSchema schema = new ManifestSchema();

    /** One for which no generation is on record. */
    PlanCheck(PlanningSettings settings, RuleBook rules, PriceBooks prices, PlanMedia media) {
        this(settings, rules, prices, media, (provider, id) -> Optional.empty());
    }

    /** @param generations what is on record of a generation */
    PlanCheck(
            PlanningSettings settings,
            RuleBook rules,
            PriceBooks prices,
            PlanMedia media,
            BiFunction<ProviderName, String, Optional<GenerationFacts>> generations) {
        this.generations = generations;
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
     * @param data the data files that it was made of
     * @param ways to come to several aspect ratios, as far as they were compared
     * @param ratios the way that is taken
     */
    record Checked(
            Manifest manifest,
            Optional<Plan> plan,
            Survey survey,
            long variants,
            long renders,
            Violations violations,
            DataFiles data,
            List<PlanPreview.Way> ways,
            Ratios ratios)
            implements AutoCloseable {

        /** Gives back what the data files hold; from then on nothing can be expanded. */
        @Override
        public void close() {
            data.close();
        }
    }

    /**
     * A campaign with what it takes to expand it.
     *
     * @param expansions the cells of each step
     * @param files the files that it names, as far as its renders have been made
     * @param choice which of the cells it is about
     */
    record Plan(
            Campaign campaign,
            List<Expansion> expansions,
            VariantReader variants,
            OutputKeys keys,
            LocalMedia files,
            CellChoice choice) {

        /** The cells of a step that the plan is about. */
        Iterable<Cell> cells(Step step) {
            return choosing(step, expansion(step));
        }

        private Iterable<Cell> choosing(Step step, Iterable<Cell> cells) {
            return choice == CellChoice.ALL
                    ? cells
                    : () -> StreamSupport.stream(cells.spliterator(), false)
                            .filter(cell -> choice.takes(step, cell))
                            .iterator();
        }

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
        return check(document, new LocalMedia(folder));
    }

    Checked check(ManifestDocument document, LocalMedia files) {
        return check(document, files, (campaign, violations) -> CellChoice.ALL);
    }

    /** Checks as much of it as was chosen. */
    Checked check(ManifestDocument document, LocalMedia files, CellChoice.Maker chooser) {
        return check(document, files, chooser, false);
    }

    /** @param compare whether to say what every way to several aspect ratios costs */
    Checked check(ManifestDocument document, LocalMedia files, CellChoice.Maker chooser, boolean compare) {
        Violations violations = new Violations();
        FieldRules fieldRules = new FieldRules(rules, ManifestInterpreter.provider(document.root(), settings));
        schema.check(document, fieldRules, violations);
        Manifest manifest = new ManifestInterpreter(settings, document, violations).read();
        DataFiles data = new DataFiles(files, manifest.maxRenders(), violations);
        try {
            return check(document, files, chooser, compare, manifest, data, violations);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private Checked check(
            ManifestDocument document,
            LocalMedia files,
            CellChoice.Maker chooser,
            boolean compare,
            Manifest manifest,
            DataFiles data,
            Violations violations) {
        Optional<Matrix> matrix = new MatrixReader(document, data, violations).read();
        Ratios said =
                matrix.map(found -> Ratios.read(document, found, violations)).orElse(Ratios.NATIVE);
        boolean choice = matrix.filter(found -> Ratios.isAsked(document, found)).isPresent();
        List<PlanPreview.Way> ways = choice && (compare || said == Ratios.CHEAPEST)
                ? ways(manifest, matrix.get(), document, files, chooser)
                : List.of();
        Ratios ratios = said == Ratios.CHEAPEST ? cheapest(ways) : said;
        Optional<Plan> plan = matrix.map(found -> plan(manifest, found, document, files, chooser, ratios, violations));
        Survey survey = matrix.map(Survey::new).orElseGet(() -> new Survey(Matrix.empty()));
        long count = plan.map(Plan::count).orElse(0L);
        plan.ifPresent(found -> survey(found, count, survey, violations));
        long variants = matrix.map(found -> new Expansion(found).count()).orElse(0L);
        long renders = count > manifest.maxRenders() ? count : survey.renders();
        return new Checked(manifest, plan, survey, variants, renders, violations, data, ways, ratios);
    }

    /** Both ways to come to several ratios, each with what it would cost. */
    private List<PlanPreview.Way> ways(
            Manifest manifest, Matrix matrix, ManifestDocument document, LocalMedia files, CellChoice.Maker chooser) {
        List<PlanPreview.Way> ways = new ArrayList<>();
        for (Ratios way : List.of(Ratios.NATIVE, Ratios.REFRAME)) {
            Violations told = new Violations();
            Plan plan = plan(manifest, matrix, document, files, chooser, way, told);
            Survey survey = new Survey(matrix);
            survey(plan, plan.count(), survey, told);
            String problem = told.tell(survey.renders()).stream()
                    .filter(Violation::refuses)
                    .map(Violation::message)
                    .findFirst()
                    .orElse("");
            ways.add(new PlanPreview.Way(way.label(), survey.renders(), survey.price(), problem));
        }
        return ways;
    }

    private static Ratios cheapest(List<PlanPreview.Way> ways) {
        return ways.stream()
                .filter(PlanPreview.Way::isPossible)
                .min(Comparator.comparing(way -> way.price().expected()))
                .flatMap(way -> Labelled.find(Ratios.class, way.ratios()))
                .orElse(Ratios.NATIVE);
    }

    private Plan plan(
            Manifest manifest,
            Matrix matrix,
            ManifestDocument document,
            LocalMedia files,
            CellChoice.Maker chooser,
            Ratios ratios,
            Violations violations) {
        List<Step> linked = ratios == Ratios.REFRAME
                ? Ratios.steps(matrix, FieldValue.fields("", document.root()), violations)
                : new StepGraph(
                                manifest,
                                matrix,
                                document,
                                new StepReader(document, matrix, violations).read(),
                                violations)
                        .link();
        List<Step> steps = manifest.draft() ? Drafts.before(linked) : linked;
        Campaign campaign = new Campaign(manifest, matrix, steps, document.places());
        RuleContext context = new RuleContext(manifest.provider(), settings.hdrAccessOf(manifest.account()))
                .withUrls(media.urls())
                .withHosted(media.hosted());
        return new Plan(
                campaign,
                steps.stream()
                        .map(step -> new Expansion(Ratios.cells(matrix, step), step.each(), steps.size()))
                        .toList(),
                new VariantReader(
                        campaign,
                        rules,
                        context,
                        prices,
                        new References(linked, settings.assetsAllowed(), files),
                        new MediaLooks(media, files.folder()),
                        new GenerationRecords(manifest.account(), id -> generations.apply(manifest.provider(), id)),
                        new Filler(document.places(), !document.adHoc())),
                new OutputKeys(campaign),
                files,
                chooser.of(campaign, violations));
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
        OutputAdvice advice = new OutputAdvice(plan.campaign());
        Twins twins = new Twins(plan.campaign(), plan.keys(), owner -> again(plan, owner));
        for (Step step : plan.campaign().steps()) {
            Expansion cells = plan.expansion(step);
            for (Cell cell : count > limit ? cells.first(SAMPLE) : plan.cells(step)) {
                Variant variant = plan.variants().read(step, cell, violations);
                OutputKeys.Outputs outputs = plan.keys().of(variant, violations);
                twins.check(variant, outputs, violations);
                advice.look(variant, violations);
                outputs.list().forEach(output -> checkKey(plan, output, violations));
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
        if (count <= limit && plan.choice() == CellChoice.ALL) {
            advice.conclude(violations);
            checkBudget(plan.campaign(), survey.price(), violations);
        }
    }

    private void checkKey(Plan plan, PlannedOutput output, Violations violations) {
        TakenKeys.Answer answer = media.taken().look(output.destination(), output.key());
        if (answer == TakenKeys.Answer.TAKEN) {
            violations.error(
                    Stage.REFERENCES,
                    "key-taken",
                    plan.campaign().place(plan.campaign().manifest().keyPointer()),
                    "Something lies at " + output.destination().locate(output.key()) + " already.",
                    "Move it away, deliver under other keys, or have the operator change ray.deliver.existing.");
        } else if (answer == TakenKeys.Answer.UNKNOWN) {
            violations.warning(
                    Stage.REFERENCES,
                    "key-taken",
                    plan.campaign().place(plan.campaign().manifest().keyPointer()),
                    "Whether something lies at " + output.destination() + " already cannot be told now.",
                    "What is there will not be replaced; an output whose key is taken waits.");
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
