package io.camelray.component;

import io.camelray.intake.AdHocRequest;
import io.camelray.model.Money;
import io.camelray.model.Operation;
import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Message;

/** Makes a request of an endpoint's options and a message: a header goes before an option, an option before the body. */
final class RequestMessage {

    private static final String PROMPT = "prompt";

    private final RayRequestOptions options;
    private final Operation operation;
    private final Money budget;

    RequestMessage(RayRequestOptions options, Operation operation, Money budget) {
        this.options = options;
        this.operation = operation;
        this.budget = budget;
    }

    AdHocRequest read(Message message, String key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<String> trusted = new HashSet<>();
        optionsByHeader().forEach((header, option) -> {
            Object said = header(message, header);
            if (said != null) {
                fields.put(option.field(), said);
            } else if (option.value() != null) {
                fields.put(option.field(), option.value());
                trusted.add(option.field());
            }
        });
        if (!fields.containsKey(PROMPT)) {
            body(message).ifPresent(text -> fields.put(PROMPT, text));
        }
        return new AdHocRequest(
                key, operation, text(options.getProvider()), text(options.getAccount()), budget, fields, trusted);
    }

    private record Option(String field, Object value) {}

    private Map<String, Option> optionsByHeader() {
        Map<String, Option> all = new LinkedHashMap<>();
        all.put(RayConstants.PROMPT, new Option(PROMPT, options.getPrompt()));
        all.put(RayConstants.ASPECT_RATIO, new Option("aspectRatio", options.getAspectRatio()));
        all.put(RayConstants.RESOLUTION, new Option("resolution", options.getResolution()));
        all.put(RayConstants.DURATION, new Option("duration", options.getDuration()));
        all.put(RayConstants.HDR, new Option("hdr", options.getHdr()));
        all.put(RayConstants.EXR_EXPORT, new Option("exrExport", options.getExrExport()));
        all.put(RayConstants.LOOP, new Option("loop", options.getLoop()));
        all.put(RayConstants.START_FRAME, new Option("startFrame", options.getStartFrame()));
        all.put(RayConstants.END_FRAME, new Option("endFrame", options.getEndFrame()));
        all.put(RayConstants.KEYFRAMES, new Option("keyframes", options.getKeyframes()));
        all.put(RayConstants.SOURCE, new Option("source", options.getSource()));
        all.put(RayConstants.DIRECTION, new Option("direction", options.getDirection()));
        all.put(RayConstants.EDIT, new Option("edit", options.getEdit()));
        all.put(RayConstants.SOURCE_POSITION, new Option("sourcePosition", options.getSourcePosition()));
        return all;
    }

    private static Object header(Message message, String name) {
        Object value = message.getHeader(name);
        boolean asItIs = value == null
                || value instanceof Map
                || value instanceof Collection
                || value instanceof Boolean
                || value instanceof Number;
        return asItIs ? value : message.getHeader(name, String.class);
    }

    /** The body, unless it is the video of an earlier request. */
    private static Optional<String> body(Message message) {
        Object body = message.getBody();
        return body == null || body instanceof File || body instanceof Path
                ? Optional.empty()
                : text(message.getBody(String.class));
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
