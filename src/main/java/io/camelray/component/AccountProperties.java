package io.camelray.component;

import io.camelray.ledger.AccountLimits;
import io.camelray.model.Labelled;
import io.camelray.model.ProviderName;
import io.camelray.rules.HdrAccess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;

/** What {@code ray.accounts.*} says, account by account. A value is resolved each time that it is asked for. */
final class AccountProperties {

    static final String PREFIX = "ray.accounts.";

    private static final String ALLOW = "allow";
    private static final String RECHECK = "recheck";
    private static final Duration STANDARD_RECHECK = Duration.ofMinutes(5);
    private static final String KEY = "key";
    private static final String HDR = "hdr";
    /** What is said once, and so can name no account. */
    private static final List<String> OF_ALL = List.of(ALLOW, RECHECK);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** What may also be said of a standard account. */
    private static final List<String> OF_ANY = List.of("requests-per-minute", "max-concurrent", "max-posting", HDR);

    private static final List<String> OF_NAMED = List.of("provider", KEY, "base-url");

    private final Map<String, Map<String, String>> accounts = new TreeMap<>();
    private final UnaryOperator<String> resolver;
    private final Optional<String> allow;
    private final Optional<String> recheck;

    /**
     * @param properties without {@link #PREFIX}
     * @param resolver replaces placeholders such as <code>{{env:NAME}}</code>
     * @throws IllegalArgumentException naming the property that means nothing
     */
    AccountProperties(Map<String, String> properties, UnaryOperator<String> resolver) {
        this.resolver = resolver;
        this.allow = resolved(ALLOW, properties.get(ALLOW));
        this.recheck = resolved(RECHECK, properties.get(RECHECK));
        properties.forEach((property, value) -> {
            if (!OF_ALL.contains(property)) {
                add(property, value);
            }
        });
    }

    private void add(String property, String value) {
        int dot = property.lastIndexOf('.');
        String name = property.substring(0, Math.max(dot, 0));
        String attribute = property.substring(dot + 1);
        if (!NAME.matcher(name).matches() || OF_ALL.contains(name)) {
            throw new IllegalArgumentException(PREFIX + property
                    + " names no account: write " + PREFIX + "NAME." + KEY
                    + ", with a name of small letters, digits and hyphens other than '" + ALLOW + "' and '" + RECHECK
                    + "'");
        }
        if (!OF_ANY.contains(attribute) && !OF_NAMED.contains(attribute)) {
            throw new IllegalArgumentException(PREFIX + property + " means nothing: of an account can be said "
                    + String.join(", ", OF_NAMED) + ", " + String.join(", ", OF_ANY));
        }
        if (isStandard(name) && OF_NAMED.contains(attribute)) {
            throw new IllegalArgumentException(PREFIX + property + " would redefine the standard account '" + name
                    + "', whose key and address are options of their own: choose another name");
        }
        accounts.computeIfAbsent(name, unknown -> new TreeMap<>()).put(attribute, value);
    }

    static boolean isStandard(String name) {
        return Labelled.find(ProviderName.class, name).isPresent();
    }

    /** The accounts beside the standard ones, in order of their names. */
    List<String> named() {
        return accounts.keySet().stream().filter(name -> !isStandard(name)).toList();
    }

    /** @throws IllegalArgumentException if it is missing or not one */
    ProviderName provider(String name) {
        String label = text(name, "provider").orElseThrow(() -> missing(name, "provider", "one of " + providers()));
        return Labelled.find(ProviderName.class, label)
                .orElseThrow(() -> new IllegalArgumentException(
                        PREFIX + name + ".provider is '" + label + "', but must be one of " + providers()));
    }

    /** What a named account pays with. @throws IllegalArgumentException if the property is not there at all */
    Optional<String> key(String name) {
        if (!accounts.get(name).containsKey(KEY)) {
            throw missing(name, KEY, "such as {{env:NAME:}}");
        }
        return text(name, KEY);
    }

    Optional<String> baseUrl(String name) {
        return text(name, "base-url");
    }

    /** @throws IllegalArgumentException if one is no number, or below 1 */
    AccountLimits limits(String name, AccountLimits otherwise) {
        return new AccountLimits(
                limit(name, "requests-per-minute", otherwise.requestsPerMinute()),
                limit(name, "max-concurrent", otherwise.maxConcurrent()),
                limit(name, "max-posting", otherwise.maxPosting()));
    }

    private int limit(String name, String attribute, int otherwise) {
        return text(name, attribute)
                .map(digits -> limit(name, attribute, digits))
                .orElse(otherwise);
    }

    private static int limit(String name, String attribute, String digits) {
        if (!digits.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(PREFIX + name + "." + attribute + " is '" + digits
                    + "', but must be a whole number from 1 to 999999");
        }
        return Integer.parseInt(digits);
    }

    /** What is said of accounts' HDR access, by account. @throws IllegalArgumentException if it is neither yes nor no */
    Map<String, HdrAccess> hdrAccess() {
        return accounts.keySet().stream()
                .filter(name -> text(name, HDR).isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        name -> name, name -> hdr(name, text(name, HDR).orElseThrow())));
    }

    private static HdrAccess hdr(String name, String said) {
        return switch (said) {
            case "yes", "true" -> HdrAccess.GRANTED;
            case "no", "false" -> HdrAccess.NONE;
            default ->
                throw new IllegalArgumentException(
                        PREFIX + name + "." + HDR + " is '" + said + "', but must be yes or no");
        };
    }

    /**
     * Those that a manifest may choose.
     *
     * @param configured what there is; all of it where nothing is said
     * @throws IllegalArgumentException if another one is named
     */
    Set<String> allowed(Set<String> configured) {
        return allow.map(list -> Arrays.stream(list.split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .map(name -> known(name, configured))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(configured);
    }

    private static String known(String name, Set<String> configured) {
        if (!configured.contains(name) && !isStandard(name)) {
            throw new IllegalArgumentException(PREFIX + ALLOW + " names '" + name + "', which is no account; there are "
                    + configured.stream().sorted().toList());
        }
        return name;
    }

    /** After how long an account without credit first tries again. @throws IllegalArgumentException if it is no duration */
    Duration recheck() {
        return recheck.map(AccountProperties::duration).orElse(STANDARD_RECHECK);
    }

    private static Duration duration(String text) {
        if (!text.matches("[1-9][0-9]{0,8}(ms|s|m|h)")) {
            throw new IllegalArgumentException(
                    PREFIX + RECHECK + " is '" + text + "', but must be a duration such as 5m or 90s");
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    private Optional<String> text(String name, String attribute) {
        return accounts.getOrDefault(name, Map.of()).containsKey(attribute)
                ? resolved(name + "." + attribute, accounts.get(name).get(attribute))
                : Optional.empty();
    }

    private Optional<String> resolved(String property, String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(resolver.apply(value)).map(String::trim).filter(text -> !text.isEmpty());
        } catch (IllegalArgumentException e) {
            // The cause quotes the value; of a key, nothing may be shown.
            throw new IllegalArgumentException(
                    PREFIX + property + " has a placeholder that cannot be resolved; is the environment variable set?");
        }
    }

    private static IllegalArgumentException missing(String name, String attribute, String example) {
        return new IllegalArgumentException(PREFIX + name + "." + attribute + " is missing: say " + example);
    }

    private static String providers() {
        return Arrays.stream(ProviderName.values()).map(ProviderName::label).collect(Collectors.joining(", "));
    }
}
