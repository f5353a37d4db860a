package io.camelray.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes object keys: a template whose values cannot leave their segment, let alone the destination. */
final class KeyTemplate {

    static final String DEFAULT = "{{campaign}}/{{cell}}/{{step}}.{{ext}}";
    /** What S3 takes. */
    static final int MAX_BYTES = 1024;

    private static final int MAX_SEGMENT_BYTES = 255;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\\\:*?\"<>|]");
    private static final Pattern WINDOWS =
            Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?", Pattern.CASE_INSENSITIVE);

    /** Looked at first: few names begin with one of these, and a pattern takes its time. */
    private static final String DEVICES_BEGIN = "cpanlCPANL";

    private final List<List<Template.Part>> segments;

    private KeyTemplate(List<List<Template.Part>> segments) {
        this.segments = segments;
    }

    static KeyTemplate parse(String text) throws TemplateException {
        List<List<Template.Part>> segments = new ArrayList<>();
        segments.add(new ArrayList<>());
        for (Template.Part part : Template.parse(text).parts()) {
            if (part instanceof Template.Text literal) {
                String[] pieces = literal.text().split("/", -1);
                for (int i = 0; i < pieces.length; i++) {
                    if (i > 0) {
                        segments.add(new ArrayList<>());
                    }
                    if (!pieces[i].isEmpty()) {
                        last(segments).add(new Template.Text(checked(pieces[i])));
                    }
                }
            } else {
                last(segments).add(part);
            }
        }
        if (segments.get(0).isEmpty()) {
            throw new TemplateException("The key begins with '/' and so leaves the destination.");
        }
        for (List<Template.Part> segment : segments) {
            checkLiteral(segment);
        }
        return new KeyTemplate(segments);
    }

    private static List<Template.Part> last(List<List<Template.Part>> segments) {
        return segments.get(segments.size() - 1);
    }

    private static String checked(String literal) throws TemplateException {
        if (UNSAFE.matcher(literal).find()) {
            throw new TemplateException("A key cannot hold control characters or any of \\ : * ? \" < > |.");
        }
        return literal;
    }

    private static void checkLiteral(List<Template.Part> segment) throws TemplateException {
        if (segment.isEmpty()) {
            throw new TemplateException("The key has an empty segment.");
        }
        if (segment.size() == 1 && segment.get(0) instanceof Template.Text literal) {
            Optional<String> problem = problem(literal.text());
            if (problem.isPresent()) {
                throw new TemplateException(problem.get());
            }
        }
    }

    private static Optional<String> problem(String segment) {
        if (segment.equals("..") || segment.equals(".")) {
            return Optional.of("The key leaves the destination: '" + segment + "' is not a name.");
        }
        if (segment.isEmpty()) {
            return Optional.of("The key has an empty segment.");
        }
        if (segment.startsWith(".") || segment.startsWith(" ")) {
            return Optional.of("The key's segment '" + Kinds.shorten(segment) + "' begins with a dot or a space.");
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            return Optional.of("The key's segment '" + Kinds.shorten(segment) + "' ends with a dot or a space.");
        }
        if (isDevice(segment)) {
            return Optional.of("Windows keeps the name '" + Kinds.shorten(segment) + "' for a device.");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            return Optional.of("The key has a segment of more than " + MAX_SEGMENT_BYTES + " bytes, '"
                    + Kinds.shorten(segment) + "'.");
        }
        return Optional.empty();
    }

    private static boolean isDevice(CharSequence segment) {
        return !segment.isEmpty()
                && DEVICES_BEGIN.indexOf(segment.charAt(0)) >= 0
                && WINDOWS.matcher(segment).matches();
    }

    /**
     * The key in one variant.
     *
     * @param room how many bytes it may have
     * @param missing is handed names that resolve to nothing
     * @param problems is handed what makes the key unusable, as sentences
     */
    String render(Names names, int room, Consumer<String> missing, Consumer<String> problems) {
        List<String> out = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (List<Template.Part> segment : segments) {
            String text = segment(segment, names, unknown);
            if (!text.isEmpty() || !isOptional(segment)) {
                out.add(text);
            }
        }
        String key = String.join("/", out);
        if (unknown.isEmpty()) {
            out.forEach(segment -> problem(segment).ifPresent(problems));
            if (out.isEmpty()) {
                problems.accept("The key is empty.");
            }
            if (key.getBytes(StandardCharsets.UTF_8).length > room) {
                problems.accept("The key is longer than " + room + " bytes.");
            }
        }
        unknown.forEach(missing);
        return key;
    }

    /** A segment that is nothing but the cell is left out when there are no axes. */
    private static boolean isOptional(List<Template.Part> segment) {
        return segment.size() == 1
                && segment.get(0) instanceof Template.Name name
                && name.path().equals(Names.CELL);
    }

    private static String segment(List<Template.Part> parts, Names names, List<String> unknown) {
        StringBuilder out = new StringBuilder();
        for (Template.Part part : parts) {
            if (part instanceof Template.Text literal) {
                out.append(literal.text());
            } else if (part instanceof Template.Name name) {
                name.in(names).ifPresentOrElse(value -> out.append(SafeName.of(value)), () -> unknown.add(name.path()));
            }
        }
        boolean fromValue = parts.get(0) instanceof Template.Name;
        return fromValue && isDevice(out) ? "_" + out : out.toString();
    }
}
