package io.camelray.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelray.intake.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.LocationPropertiesSource;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.StringHelper;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Refuses settings that nothing reads: a mistyped budget must not leave the standard one in force. Known are the properties
 * {@code ray.*} that the jar's own {@code application.properties} gives a value, {@code ray.accounts.*}, which the component
 * checks, and the component's options as the metadata has them that Camel makes of the component. Other names are nobody's business here. No
 * message holds a value.
 */
final class KnownProperties {

    private static final String SHIPPED = "io/camelray/cli/application.properties";
    private static final String METADATA = "META-INF/io/camelray/component/ray.json";
    private static final String OURS = "ray.";
    private static final String ACCOUNTS = "ray.accounts.";
    private static final String OPTIONS = "camel.component.ray.";
    private static final String VARIABLES = "RAY_";
    private static final Pattern READ_VARIABLE = Pattern.compile("\\{\\{\\??env:(" + VARIABLES + "\\w+)");
    /** Of the attributes of an account; only for suggestions. */
    private static final Pattern OF_ACCOUNT = Pattern.compile("ray\\.acc?ounts?\\.(.+)");

    private static final int MISTYPED = 2;

    private final Set<String> properties;
    private final Set<String> options = options();
    /** The environment variables that properties take their values from, unless something else is said. */
    private final Set<String> variables;

    KnownProperties() {
        Properties shipped = shipped();
        this.properties = shipped.stringPropertyNames().stream()
                .filter(name -> name.startsWith(OURS))
                .collect(Collectors.toCollection(TreeSet::new));
        this.variables = read(shipped);
    }

    private static Set<String> options() {
        try (InputStream in = resource(METADATA)) {
            Set<String> options = new TreeSet<>();
            new ObjectMapper()
                    .readTree(in)
                    .path("componentProperties")
                    .fieldNames()
                    .forEachRemaining(name -> options.add(StringHelper.camelCaseToDash(name)));
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + METADATA + " cannot be read", e);
        }
    }

    private static InputStream resource(String name) {
        return KnownProperties.class.getClassLoader().getResourceAsStream(name);
    }

    private static Properties shipped() {
        Properties shipped = new Properties();
        try (InputStream in = resource(SHIPPED)) {
            shipped.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + SHIPPED + " cannot be read", e);
        }
        return shipped;
    }

    /**
     * Looks at all that Camel has been told, from files and {@code --set}, and at the environment.
     *
     * @throws IllegalArgumentException naming each setting that nothing reads, and what may have been meant
     */
    void check(CamelContext camel, Map<String, String> environment) {
        Properties said = camel.getPropertiesComponent().loadProperties();
        List<String> wrong = new ArrayList<>();
        for (String name : new TreeSet<>(said.stringPropertyNames())) {
            problem(name).ifPresent(problem -> wrong.add(name + where(camel, name) + " " + problem));
        }
        Set<String> read = read(said);
        read.addAll(variables);
        wrong.addAll(problems(environment, read));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private Optional<String> problem(String name) {
        if (name.startsWith(OURS) && !name.startsWith(ACCOUNTS) && !properties.contains(name)) {
            return Optional.of("means nothing. " + suggestion(name));
        }
        if (name.startsWith(OPTIONS)
                && !isOption(name.substring(OPTIONS.length()).split("[.\\[]", 2)[0])) {
            return Optional.of("means nothing. " + Suggestions.didYouMean(name, withPrefix(options), unknown(OPTIONS)));
        }
        return Optional.empty();
    }

    /** Camel takes an option with hyphens or capitals, as one likes. */
    private boolean isOption(String name) {
        return options.stream().anyMatch(option -> plain(option).equals(plain(name)));
    }

    private static String plain(String option) {
        return option.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private String suggestion(String name) {
        Matcher account = OF_ACCOUNT.matcher(name);
        return account.matches()
                ? "Did you mean '" + ACCOUNTS + account.group(1) + "'?"
                : Suggestions.didYouMean(name, properties, unknown(OURS));
    }

    private static String unknown(String prefix) {
        return "README.md lists what begins with " + prefix + "; names of your own need another beginning";
    }

    private static Collection<String> withPrefix(Collection<String> options) {
        return options.stream().map(option -> OPTIONS + option).toList();
    }

    /** In which file of the user's own it stands, if in one. */
    private static String where(CamelContext camel, String name) {
        for (PropertiesSource source : camel.getPropertiesComponent().getPropertiesSources()) {
            if (source instanceof LocationPropertiesSource file
                    && "file".equals(file.getLocation().getResolver())
                    && source.getProperty(name) != null) {
                return " in " + file.getLocation().getPath();
            }
        }
        return "";
    }

    /** The environment variables of ours that some property takes its value from. */
    private static Set<String> read(Properties said) {
        Set<String> read = new TreeSet<>();
        for (String name : said.stringPropertyNames()) {
            Matcher variable = READ_VARIABLE.matcher(said.getProperty(name));
            while (variable.find()) {
                read.add(variable.group(1));
            }
        }
        return read;
    }

    /**
     * Variables that look as if they set one of ours and do not. Others that begin alike belong to other programs.
     *
     * @param read what properties take their values from
     */
    private List<String> problems(Map<String, String> environment, Set<String> read) {
        List<String> wrong = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (!name.startsWith(VARIABLES) || read.contains(name)) {
                continue;
            }
            Optional<String> property = properties.stream()
                    .filter(one -> variable(one).equals(name))
                    .findFirst();
            if (property.isPresent()) {
                wrong.add("The environment variable " + name + " is read by nothing. Say --set " + property.get()
                        + "=…, or write " + property.get() + " = {{env:" + name + "}} into application.properties");
            } else {
                read.stream()
                        .filter(one -> LevenshteinDistance.getDefaultInstance().apply(one, name) <= MISTYPED)
                        .findFirst()
                        .ifPresent(one -> wrong.add("The environment variable " + name
                                + " is read by nothing. Did you mean '" + one + "'?"));
            }
        }
        return wrong;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
