package io.camelray.intake;

import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Collects what is wrong with a manifest: the same thing in many variants once, and never more than a person reads. */
final class Violations {

    /** How many are told one by one. */
    static final int TOLD = 200;

    private static final int KEPT = 1000;

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private int errors;
    private long untold;
    private long found;
    private long heard;

    /** One thing that is wrong, in as many variants as it was found in. */
    private static final class Group {
        private final Stage stage;
        private final Violation first;
        private long variants;

        Group(Stage stage, Violation first) {
            this.stage = stage;
            this.first = first;
        }

        Stage stage() {
            return stage;
        }

        Violation tell(long all) {
            if (variants == 0) {
                return first;
            }
            String where = "";
            if (variants > 1) {
                where = String.format(
                        Locale.ROOT,
                        " (in %s%,d variants, the first is '%s')",
                        variants == all ? "all " : "",
                        variants,
                        first.variant());
            }
            return new Violation(
                    first.rule(),
                    first.severity(),
                    first.place(),
                    first.message() + where,
                    first.remedy(),
                    variants == all ? "" : first.variant());
        }
    }

    void error(Stage stage, String rule, Place place, String message, String remedy) {
        add(stage, new Violation(rule, Severity.ERROR, place, message, remedy, ""));
    }

    void warning(Stage stage, String rule, Place place, String message, String remedy) {
        add(stage, new Violation(rule, Severity.WARNING, place, message, remedy, ""));
    }

    private void add(Stage stage, Violation violation) {
        heard++;
        String key = violation.rule() + '\n' + violation.place() + '\n' + violation.message();
        if (!groups.containsKey(key)) {
            keep(key, stage, violation);
        }
    }

    /**
     * Counts one more variant that has this problem.
     *
     * @param identity what makes it the same problem as in another variant
     * @param violation asked for only the first time
     */
    void inVariant(Stage stage, String identity, Supplier<Violation> violation) {
        Group group = groups.get(identity);
        if (group == null) {
            group = keep(identity, stage, violation.get());
        }
        group.variants++;
        found++;
        heard++;
    }

    private Group keep(String key, Stage stage, Violation violation) {
        Group group = new Group(stage, violation);
        errors += violation.refuses() ? 1 : 0;
        if (groups.size() < KEPT) {
            groups.put(key, group);
        } else {
            untold++;
        }
        return group;
    }

    /** How often anything was found in a variant so far. */
    long count() {
        return found;
    }

    /** How often anything was told so far, the same as before included. */
    long heard() {
        return heard;
    }

    boolean refuse() {
        return errors > 0;
    }

    /** In the order in which they are told. @param variants how many there are in all */
    List<Violation> tell(long variants) {
        List<Group> told = new ArrayList<>(groups.values());
        told.sort(Comparator.comparing((Group group) -> group.first.severity()));
        List<Violation> out = new ArrayList<>(told.stream()
                .limit(TOLD)
                .sorted(Comparator.comparing(Group::stage)
                        .thenComparing(group -> group.first.place().file())
                        .thenComparing(group -> group.first.place().line())
                        .thenComparing(group -> group.first.place().column()))
                .map(group -> group.tell(variants))
                .toList());
        long more = untold + Math.max(0, told.size() - TOLD);
        if (more > 0) {
            out.add(new Violation(
                    "more",
                    refuse() ? Severity.ERROR : Severity.WARNING,
                    Place.NOWHERE,
                    String.format(Locale.ROOT, "… and %,d more.", more),
                    "Fix these first.",
                    ""));
        }
        return List.copyOf(out);
    }
}
