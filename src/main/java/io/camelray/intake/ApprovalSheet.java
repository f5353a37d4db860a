package io.camelray.intake;

import io.camelray.model.Place;
import io.camelray.model.RenderId;
import io.camelray.model.SheetColumn;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A copy of {@code reports/<campaign>/report.csv} in which a person has filled in the last column. It is known by its first
 * line alone; spreadsheets may have moved columns, and separated them by semicolons or tabs.
 */
public final class ApprovalSheet {

    static final String RULE = "approval";
    private static final int FIRST_LINE_AT_MOST = 4096;
    private static final Set<String> YES = Set.of("yes", "y", "x", "1", "true");
    private static final Set<String> NO = Set.of("no", "n", "0", "false");
    private static final Pattern RENDER = Pattern.compile("R[0-9]{1,18}");

    private ApprovalSheet() {}

    /** @param line of the sheet */
    record Decision(String campaign, RenderId render, boolean approve, int line) {}

    /** @param violations why the sheet is refused; nothing of it counts unless there are none */
    record Reading(List<Decision> decisions, List<Violation> violations) {}

    /** Whether this is such a sheet, whatever may be wrong with it. */
    public static boolean isOne(byte[] content) {
        return separator(firstLine(content)).isPresent();
    }

    /** The same of a file, of which only the beginning is read; one that cannot be read is none. */
    public static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return isOne(in.readNBytes(FIRST_LINE_AT_MOST));
        } catch (IOException e) {
            return false;
        }
    }

    static Reading read(byte[] content) {
        Violations told = new Violations();
        List<Decision> decisions = new ArrayList<>();
        try {
            decide(ManifestText.decode(content), separator(firstLine(content)).orElse(','), decisions, told);
        } catch (UnreadableManifestException e) {
            told.error(Stage.ENVELOPE, RULE, e.place(), e.getMessage(), e.remedy());
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
        if (decisions.isEmpty() && !told.refuse()) {
            told.error(
                    Stage.ENVELOPE,
                    RULE,
                    new Place("", 1, 1),
                    "No line says yes or no in the column 'approve'.",
                    "Write yes or no into the lines of the renders that are held for approval.");
        }
        return new Reading(decisions, told.tell(0));
    }

    private static void decide(String text, char separator, List<Decision> decisions, Violations told)
            throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            try {
                decide(parser, decisions, told);
            } catch (UncheckedIOException e) {
                told.error(
                        Stage.ENVELOPE,
                        RULE,
                        new Place("", (int) Math.max(1, parser.getCurrentLineNumber()), 1),
                        "The sheet is not CSV: " + e.getCause().getMessage() + ".",
                        "Save it as CSV.");
            }
        }
    }

    private static void decide(CSVParser parser, List<Decision> decisions, Violations told) {
        Map<SheetColumn, Integer> columns = Map.of();
        Map<RenderId, Boolean> known = new HashMap<>();
        for (CSVRecord row : parser) {
            int line = (int) parser.getCurrentLineNumber();
            if (columns.isEmpty()) {
                columns = columns(row.toList());
                continue;
            }
            Optional<Decision> decision = decision(row, columns, line, told);
            if (decision.isPresent()) {
                Decision found = decision.get();
                Boolean before = known.putIfAbsent(found.render(), found.approve());
                if (before == null) {
                    decisions.add(found);
                } else if (before != found.approve()) {
                    tell(told, line, "Render " + found.render() + " is approved and rejected.");
                }
            }
        }
    }

    private static Optional<Decision> decision(
            CSVRecord row, Map<SheetColumn, Integer> columns, int line, Violations told) {
        String said = cell(row, columns, SheetColumn.APPROVE).toLowerCase(Locale.ROOT);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        String campaign = cell(row, columns, SheetColumn.CAMPAIGN);
        String render = cell(row, columns, SheetColumn.RENDER);
        if (!YES.contains(said) && !NO.contains(said)) {
            tell(told, line, "'" + Kinds.shorten(said) + "' in the column 'approve' is neither yes nor no.");
        } else if (!RENDER.matcher(render).matches()) {
            tell(told, line, "'" + Kinds.shorten(render) + "' is no render.");
        } else if (!ManifestInterpreter.isSlug(campaign)) {
            tell(told, line, "'" + Kinds.shorten(campaign) + "' is no campaign.");
        } else {
            return Optional.of(new Decision(campaign, RenderId.parse(render), YES.contains(said), line));
        }
        return Optional.empty();
    }

    private static void tell(Violations told, int line, String message) {
        told.error(
                Stage.ENVELOPE,
                RULE,
                new Place("", line, 1),
                message,
                "Take a fresh copy of report.csv and fill in its last column alone: yes, no, or nothing.");
    }

    private static String cell(CSVRecord row, Map<SheetColumn, Integer> columns, SheetColumn column) {
        int at = columns.get(column);
        return at < row.size() ? row.get(at).strip() : "";
    }

    private static Optional<Character> separator(String firstLine) {
        for (char separator : new char[] {',', ';', '\t'}) {
            List<String> cells = Arrays.stream(firstLine.split(Pattern.quote(String.valueOf(separator)), -1))
                    .map(cell -> cell.replace("\"", ""))
                    .toList();
            if (columns(cells).keySet().containsAll(Set.of(SheetColumn.values()))) {
                return Optional.of(separator);
            }
        }
        return Optional.empty();
    }

    private static Map<SheetColumn, Integer> columns(List<String> header) {
        Map<SheetColumn, Integer> columns = new HashMap<>();
        for (SheetColumn column : SheetColumn.values()) {
            for (int at = 0; at < header.size(); at++) {
                if (header.get(at).strip().equalsIgnoreCase(column.label())) {
                    columns.putIfAbsent(column, at);
                }
            }
        }
        return columns;
    }

    private static String firstLine(byte[] content) {
        String text = new String(content, 0, Math.min(content.length, FIRST_LINE_AT_MOST), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").replaceFirst("^\uFEFF", "");
    }
}
