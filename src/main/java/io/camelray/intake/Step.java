package io.camelray.intake;

import io.camelray.model.Operation;
import java.util.List;
import java.util.Map;

/**
 * One step of a campaign: what is done to every cell of the axes that it fans out over.
 *
 * @param number its position among the steps, from 0; drafts come first where there are any
 * @param pointer where it stands; empty for the one step of a manifest without steps
 * @param operation generation where it says none that there is, which has been told
 * @param understood whether it says an operation, so that rules can be asked about it
 * @param each which of the matrix's axes it fans out over
 * @param own the fields that it says itself
 * @param delivered whether its outputs are delivered
 * @param joins the earlier steps that its references may name
 * @param draft whether its renders are only made to be looked at; then so are those of its joins
 */
record Step(
        int number,
        String id,
        String pointer,
        Operation operation,
        boolean understood,
        Coverage each,
        Map<RenderField, FieldValue> own,
        boolean delivered,
        List<Step> joins,
        boolean draft) {

    /** The step of a manifest without steps. */
    static final String DEFAULT_ID = "generate";

    boolean isWritten() {
        return !pointer.isEmpty();
    }

    Step copy(int position, boolean asDraft, List<Step> found) {
        return new Step(position, id, pointer, operation, understood, each, own, delivered, found, asDraft);
    }

    Step with(boolean deliver, List<Step> found) {
        return new Step(number, id, pointer, operation, understood, each, own, deliver, found, draft);
    }
}
