package io.camelray.rules;

import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.rules.Rule.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who offers which operation. */
final class OperationRules implements RuleFamily {

    @Override
    public List<Rule> rules() {
        return List.of(new Rule(
                "R13",
                Severity.ERROR,
                Stage.ENUMS,
                Set.of(ProviderName.values()),
                "operation",
                "The provider offers the operation.",
                "Choose a provider that offers it.",
                (Rule.RequestCheck) (request, context) -> Verdict.error(
                        !offered(context.provider()).contains(request.operation()),
                        "Provider '" + context.provider().label() + "' does not offer "
                                + request.operation().label() + ".")));
    }

    private static Set<Operation> offered(ProviderName provider) {
        return switch (provider) {
            case LUMA, GMI -> EnumSet.allOf(Operation.class);
            case REPLICATE -> EnumSet.of(Operation.GENERATE);
        };
    }
}
