package io.camelray.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what somebody meant to write. */
public final class Suggestions {

    private static final double NEAR = 0.85;
    private static final int LONGEST = 100;

    private Suggestions() {}

    /** The known name that is most like this one, if one is like it at all. */
    static Optional<String> nearest(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        JaroWinklerSimilarity similarity = new JaroWinklerSimilarity();
        return known.stream()
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT), similarity))
                .max(Comparator.comparingDouble(name -> similarity.apply(lower, name.toLowerCase(Locale.ROOT))));
    }

    private static boolean isNear(String written, String name, JaroWinklerSimilarity similarity) {
        int edits = LevenshteinDistance.getDefaultInstance().apply(written, name);
        return edits <= 2 && edits < name.length() / 2.0 || similarity.apply(written, name) >= NEAR;
    }

    /** {@code Did you mean 'prompt'?}, or else the given sentence. */
    public static String didYouMean(String written, Collection<String> known, String otherwise) {
        return nearest(written, known)
                .map(name -> "Did you mean '" + name + "'?")
                .orElse(otherwise);
    }
}
