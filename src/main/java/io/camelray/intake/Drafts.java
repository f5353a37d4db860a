package io.camelray.intake;

import io.camelray.model.Capability;
import io.camelray.model.Operation;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.util.ArrayList;
import java.util.List;

/** What drafts are: the same steps once more, before the full ones, each at the least quality that its provider has. */
final class Drafts {

    /** What the keys of drafts begin with. */
    static final String FOLDER = "drafts/";

    private Drafts() {}

    /** The steps as drafts, joined to each other, then the steps themselves. */
    static List<Step> before(List<Step> steps) {
        List<Step> all = new ArrayList<>();
        for (boolean draft : new boolean[] {true, false}) {
            int first = all.size();
            for (Step step : steps) {
                List<Step> joins = step.joins().stream()
                        .map(join -> all.get(first + join.number()))
                        .toList();
                all.add(step.copy(first + step.number(), draft, joins));
            }
        }
        return List.copyOf(all);
    }

    /** The same at the lowest resolution, and of standard range. Nobody quotes a price for extending at 360p (R33). */
    static RenderRequest of(ProviderName provider, RenderRequest full) {
        boolean smallest = Capability.DRAFT_360P.isOffered(provider) && full.operation() != Operation.EXTEND;
        Resolution lowest = smallest ? Resolution.P360 : Resolution.P540;
        Resolution resolution = full.resolution().compareTo(lowest) < 0 ? full.resolution() : lowest;
        return full.toBuilder()
                .resolution(resolution)
                .hdr(false)
                .exrExport(false)
                .build();
    }
}
