package io.camelray.intake;

import io.camelray.model.Capability;
import io.camelray.model.OutputKind;
import io.camelray.model.Place;
import io.camelray.model.ProviderName;
import io.camelray.model.Severity;
import io.camelray.model.Violation;
import io.camelray.rules.Stage;

/**
 * Says where {@code deliver.outputs} and the renders do not go together: a render of which nothing would be delivered is
 * refused, as it would be paid for in vain; what is asked for and not made, or made and not asked for, is a warning.
 */
final class OutputAdvice {

    private final Campaign campaign;
    private final OutputChoice outputs;
    private final ProviderName provider;
    private boolean exrMade;
    private boolean delivers;
    private boolean inVain;

    OutputAdvice(Campaign campaign) {
        this.campaign = campaign;
        this.outputs = campaign.manifest().outputs();
        this.provider = campaign.manifest().provider();
    }

    void look(Variant variant, Violations violations) {
        if (!campaign.delivers(variant.step(), variant.cell())) {
            return;
        }
        boolean exr = variant.request().produces(OutputKind.EXR);
        exrMade |= exr;
        delivers = true;
        if (!outputs.isAnythingOf(variant, provider)) {
            inVain = true;
            violations.inVariant(
                    Stage.REFERENCES, "nothing delivered", () -> of(variant, Severity.ERROR, nothing(), remedy()));
        } else if (exr && !outputs.kinds().contains(OutputKind.EXR)) {
            violations.inVariant(
                    Stage.ACCOUNT,
                    "exr not delivered",
                    () -> of(
                            variant,
                            Severity.WARNING,
                            "An EXR is made and paid for, and not delivered: 'deliver.outputs' does not name it.",
                            "Add exr to deliver.outputs, or remove exrExport, which costs less."));
        }
    }

    /** What only the whole plan tells. */
    void conclude(Violations violations) {
        if (!delivers || inVain) {
            return;
        }
        if (!exrMade && outputs.asks(OutputKind.EXR)) {
            violations.warning(
                    Stage.ACCOUNT,
                    OutputChoice.RULE,
                    campaign.place(outputs.pointer(OutputKind.EXR)),
                    "An EXR is asked for, and no render makes one.",
                    "Say hdr: true and exrExport: true, or remove exr from deliver.outputs.");
        }
        if (outputs.asks(OutputKind.THUMBNAIL) && !Capability.THUMBNAIL.isOffered(provider)) {
            violations.warning(
                    Stage.ACCOUNT,
                    OutputChoice.RULE,
                    campaign.place(outputs.pointer(OutputKind.THUMBNAIL)),
                    "Provider '" + provider.label() + "' is not known to give thumbnails: the renders are delivered"
                            + " without them.",
                    "Remove thumbnail from deliver.outputs, or render with another provider.");
        }
    }

    private String nothing() {
        return "Nothing would be delivered of what is paid for: "
                + (outputs.kinds().contains(OutputKind.EXR) ? "without exrExport there is no EXR" : "")
                + (outputs.kinds().size() > 1 ? ", and " : "")
                + (outputs.kinds().contains(OutputKind.THUMBNAIL)
                        ? "provider '" + provider.label() + "' gives no thumbnails"
                        : "")
                + ".";
    }

    private static String remedy() {
        return "Add video to deliver.outputs.";
    }

    private Violation of(Variant variant, Severity severity, String message, String remedy) {
        Place place = campaign.place(OutputChoice.POINTER);
        return new Violation(OutputChoice.RULE, severity, place, message, remedy, variant.label());
    }
}
