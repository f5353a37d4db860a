package io.camelray.rules;

import io.camelray.model.ProviderName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of those rules of the fact sheet that are no rules here, and which are ours alone. */
final class RuleNotes {

    /** Errors of ours where the provider itself would accept the request, cannot be asked at all, or fails only later. */
    private static final Set<String> OURS =
            Set.of("R13", "R46", "R62", "R68", "R85", "R98", "R100", "R103", "R104", "R111", "direction");

    /**
     * The same for what only Luma is known to refuse. The others have no such field, or call it doubtful; what they
     * would do with it is not documented, and here it is refused all the same, or told as a warning.
     */
    private static final Set<String> LUMA_ALONE =
            Set.of("R36", "R39", "R58", "R59", "R60", "R63", "R64", "R65", "R66", "R76", "R84", "R96");

    private RuleNotes() {}

    static Set<String> ours(ProviderName provider) {
        if (provider == ProviderName.LUMA) {
            return OURS;
        }
        return Stream.concat(OURS.stream(), LUMA_ALONE.stream()).collect(Collectors.toUnmodifiableSet());
    }

    static List<RuleNote> all() {
        return List.of(
                built("R01", "The adapter always sends the type that the operation means."),
                built("R02", "The adapter always sends the model ray-3.2."),
                built("R03", "The model is no field of a manifest; hdr is a field of its own."),
                built("R04", "The adapter chooses the model by operation, and always sends a payload."),
                built("R05", "The adapter posts to luma/ray-3.2, and always sends an input."),
                elsewhere("R08", "The manifest schema refuses unknown fields; the adapters send none."),
                built("R09", "The adapters write typed JSON from typed values."),
                built("R10", "No user id is sent."),
                built("R11", "No image reference is sent: an image is a frame or a keyframe."),
                built("R12", "No image option is sent."),
                built("R32", "The adapter always sends 5s on extend; R27 and R28 refuse 10s."),
                built("R47", "A media reference is one of five kinds, and has one locator."),
                built("R48", "The adapter sends inline data with the media type that was found."),
                built("R49", "The adapter encodes inline data itself."),
                built("R52", "A keyframe is an image with its position."),
                built("R53", "A keyframe is an image with its position."),
                built("R67", "A frame is one media reference."),
                built("R72", "A source is one media reference; R51 checks its id."),
                elsewhere("R86", "R36, R59, R63 and R66 say it field by field."),
                built("R93", "A source position always has four numbers."),
                built("R106", "The adapter builds the webhook's address and filter."),
                built("R107", "The adapter chooses these headers."),
                elsewhere("R108", "The plan refuses what the price book does not quote."),
                elsewhere("R109", "The ledger holds what is above the budget."),
                elsewhere("R110", "The ledger knows a render by its identity; the plan tells of twins."));
    }

    private static RuleNote built(String id, String reason) {
        return new RuleNote(id, RuleNote.Treatment.BY_CONSTRUCTION, reason);
    }

    private static RuleNote elsewhere(String id, String reason) {
        return new RuleNote(id, RuleNote.Treatment.ELSEWHERE, reason);
    }
}
