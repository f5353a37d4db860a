package io.camelray.intake;

import io.camelray.model.RenderRequest;
import io.camelray.rules.Finding;
import io.camelray.rules.RuleBook;
import io.camelray.rules.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the rules say of a plan's requests. Most variants differ in nothing but their prompts, so what the rules say of all
 * the rest is found once for each kind of request; a bounded number of kinds is remembered. Not thread-safe.
 */
final class RuleFindings {

    private static final int REMEMBERED = 256;

    /** In place of the prompt that a kind has none of: no rule but those of the prompt may look at it. */
    private static final String ANY = "?";

    private final RuleBook rules;
    private final Map<Kind, List<Finding>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, List<Finding>> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Kind(RenderRequest request, RuleContext context) {}

    RuleFindings(RuleBook rules) {
        this.rules = rules;
    }

    /** Everything that is wrong with this request. */
    List<Finding> of(RenderRequest request, RuleContext context) {
        List<Finding> ofPrompt = rules.checkPrompt(request, context);
        Kind kind = kind(request, context);
        List<Finding> ofTheRest = known.get(kind);
        if (ofTheRest == null) {
            ofTheRest = rules.checkAllButPrompt(kind.request(), kind.context());
            known.put(kind, ofTheRest);
        }
        if (ofPrompt.isEmpty()) {
            return ofTheRest;
        }
        List<Finding> all = new ArrayList<>(ofPrompt);
        all.addAll(ofTheRest);
        return all;
    }

    private static Kind kind(RenderRequest request, RuleContext context) {
        return new Kind(
                request.withPrompt(ANY),
                context.parent()
                        .map(parent -> context.withParent(parent.withPrompt(ANY)))
                        .orElse(context));
    }
}
