package io.camelray.intake;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.Operation;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a cell of a step into a request. */
final class RequestReader {

    private static final String UNREADABLE_PROMPT = "?";

    /** What other fields may use as {{name}}, so that it is read before them. */
    private static final List<RenderField> FORMATS = List.of(
            RenderField.ASPECT_RATIO,
            RenderField.RESOLUTION,
            RenderField.DURATION,
            RenderField.HDR,
            RenderField.EXR_EXPORT,
            RenderField.LOOP,
            RenderField.DIRECTION);

    private static final List<RenderField> OTHERS = Arrays.stream(RenderField.values())
            .filter(field -> !FORMATS.contains(field))
            .toList();

    private final Campaign campaign;
    private final VariantFields fields;

    RequestReader(Campaign campaign, VariantFields fields) {
        this.campaign = campaign;
        this.fields = fields;
    }

    /** @param names what a key may name */
    record Reading(RenderRequest request, VariantValues values, Names names, String label) {}

    Reading read(Step step, Cell cell, Violations violations) {
        String label = campaign.matrix().label(cell);
        Names names = new Names(
                campaign.matrix(),
                cell,
                Map.of(Names.CAMPAIGN, campaign.manifest().campaign(), Names.STEP, step.id(), Names.CELL, label));
        VariantValues values = new VariantValues(step);
        Complaints early = new Complaints(campaign.places(), names, violations);
        FORMATS.forEach(field -> fields.read(field, step, cell, early, values));
        Names formats = names.with(effective(quality(step, request(step, values))));
        Complaints complaints = new Complaints(campaign.places(), formats, violations);
        OTHERS.forEach(field -> fields.read(field, step, cell, complaints, values));
        RenderRequest request = quality(step, request(step, values));
        return new Reading(request, values, formats.with(Map.of(RenderField.PROMPT.label(), request.prompt())), label);
    }

    private RenderRequest quality(Step step, RenderRequest full) {
        return step.draft() ? Drafts.of(campaign.manifest().provider(), full) : full;
    }

    private static RenderRequest request(Step step, VariantValues values) {
        String unreadable = values.isSaid(RenderField.PROMPT) ? UNREADABLE_PROMPT : "";
        return RenderRequest.builder(
                        step.operation(), values.text(RenderField.PROMPT).orElse(unreadable))
                .aspectRatio(values.label(RenderField.ASPECT_RATIO, AspectRatio.class))
                .resolution(
                        values.label(RenderField.RESOLUTION, Resolution.class).orElse(Resolution.P720))
                .length(values.label(RenderField.DURATION, ClipLength.class).orElse(ClipLength.FIVE_SECONDS))
                .hdr(values.flag(RenderField.HDR))
                .exrExport(values.flag(RenderField.EXR_EXPORT))
                .loop(values.flag(RenderField.LOOP))
                .startFrame(values.reference(RenderField.START_FRAME))
                .endFrame(values.reference(RenderField.END_FRAME))
                .keyframes(values.keyframes())
                .source(values.reference(RenderField.SOURCE))
                .direction(direction(step, values))
                .edit(values.edit())
                .sourcePosition(values.position())
                .build();
    }

    /** An extension goes forward unless it says otherwise. */
    private static Optional<Direction> direction(Step step, VariantValues values) {
        return values.label(RenderField.DIRECTION, Direction.class)
                .or(() -> step.operation() == Operation.EXTEND ? Optional.of(Direction.FORWARD) : Optional.empty());
    }

    private static Map<String, String> effective(RenderRequest request) {
        Map<String, String> effective = new HashMap<>();
        request.aspectRatio().ifPresent(ratio -> effective.put(RenderField.ASPECT_RATIO.label(), ratio.label()));
        effective.put(RenderField.RESOLUTION.label(), request.resolution().label());
        effective.put(RenderField.DURATION.label(), request.length().label());
        effective.put(RenderField.HDR.label(), String.valueOf(request.hdr()));
        effective.put(RenderField.EXR_EXPORT.label(), String.valueOf(request.exrExport()));
        effective.put(RenderField.LOOP.label(), String.valueOf(request.loop()));
        request.direction().ifPresent(direction -> effective.put(RenderField.DIRECTION.label(), direction.label()));
        return effective;
    }
}
