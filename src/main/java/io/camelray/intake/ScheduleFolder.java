package io.camelray.intake;

import io.camelray.model.Place;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder where schedules are, beside manifests that are no schedules: those are left alone. Each schedule is read by
 * itself, so that what is wrong with one does not touch the others.
 */
public final class ScheduleFolder {

    private static final String RULE = "schedule";

    private final Path folder;
    private final Planner previewer;

    /** @param previewer says what each schedule would do; it should not touch the network */
    public ScheduleFolder(Path folder, Planner previewer) {
        this.folder = folder;
        this.previewer = previewer;
    }

    /** All schedules, in order of their names. @param now the moment for which they are tried */
    public List<ScheduleFile> read(Instant now) {
        List<ScheduleFile> files = new ArrayList<>();
        Map<String, Path> names = new HashMap<>();
        Map<String, Path> campaigns = new HashMap<>();
        for (Path file : manifests()) {
            read(file, now).map(found -> unique(found, names, campaigns)).ifPresent(files::add);
        }
        return files;
    }

    private List<Path> manifests() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ScheduleFolder::isManifest).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("The schedules in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && name.matches(".*\\.(ya?ml|json)") && Files.isRegularFile(file);
    }

    private Optional<ScheduleFile> read(Path file, Instant now) {
        try {
            ManifestSource template = ManifestSource.of(file);
            ManifestDocument document = ManifestReader.read(template);
            if (!ScheduleReader.isAsked(document.root())) {
                return Optional.empty();
            }
            Violations found = new Violations();
            Optional<Schedule> schedule = new ScheduleReader(document, found).read(file, name(file));
            List<Violation> violations = new ArrayList<>(found.tell(0));
            Firing trial = schedule.map(known -> Firing.of(known, now)).orElseGet(() -> Firing.trial(name(file), now));
            violations.addAll(previewer.preview(trial.into(template)).violations());
            return Optional.of(new ScheduleFile(file, schedule, violations));
        } catch (UnreadableManifestException e) {
            return Optional.of(
                    broken(file, new Violation("syntax", Severity.ERROR, e.place(), e.getMessage(), e.remedy(), "")));
        } catch (IOException e) {
            return Optional.of(broken(
                    file,
                    error(Place.NOWHERE, "The file cannot be read: " + e.getMessage() + ".", "Make it readable.")));
        }
    }

    /** Two schedules of one name share their firings, and of one campaign cancel each other's renders. */
    private static ScheduleFile unique(ScheduleFile found, Map<String, Path> names, Map<String, Path> campaigns) {
        if (found.schedule().isEmpty()) {
            return found;
        }
        Schedule schedule = found.schedule().get();
        Path sameName = names.putIfAbsent(schedule.name(), found.file());
        Path sameCampaign = campaigns.putIfAbsent(schedule.campaign(), found.file());
        if (sameName == null && sameCampaign == null) {
            return found;
        }
        return broken(
                found.file(),
                sameName != null
                        ? error(
                                Place.NOWHERE,
                                "There is another schedule '" + schedule.name() + "', " + sameName.getFileName() + ".",
                                "Give this file another name.")
                        : error(
                                new Place("/campaign", 0, 0),
                                "Schedule " + sameCampaign.getFileName() + " makes campaign '" + schedule.campaign()
                                        + "' too, and each would cancel the other's renders.",
                                "Give this campaign another name."));
    }

    private static ScheduleFile broken(Path file, Violation why) {
        return new ScheduleFile(file, Optional.empty(), List.of(why));
    }

    private static Violation error(Place place, String message, String remedy) {
        return new Violation(RULE, Severity.ERROR, place, message, remedy, "");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /**
     * The manifest that a firing plans, with the data of now.
     *
     * @throws IOException if its file cannot be read
     */
    public static ManifestSource fired(Schedule schedule, Instant at) throws IOException {
        return fired(ManifestSource.of(schedule.file()), Firing.of(schedule, at));
    }

    /** The same manifest as it would be if it fired now; a manifest that is no schedule is left as it is. */
    public static ManifestSource firedNow(ManifestSource template, Instant now) {
        try {
            ManifestDocument document = ManifestReader.read(template);
            if (!ScheduleReader.isAsked(document.root()) || document.root().has(Firing.FIELD)) {
                return template;
            }
            String name = name(Path.of(template.name()));
            Firing firing = new ScheduleReader(document, new Violations())
                    .read(Path.of(template.name()), name)
                    .map(schedule -> Firing.of(schedule, now))
                    .orElseGet(() -> Firing.trial(name, now));
            return fired(template, firing);
        } catch (UnreadableManifestException e) {
            return template;
        }
    }

    /** One that cannot be read is refused when it is planned, with its place. */
    private static ManifestSource fired(ManifestSource template, Firing firing) {
        try {
            return firing.into(template);
        } catch (UnreadableManifestException e) {
            return template;
        }
    }
}
