package io.camelray.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Which fields a manifest knows at which place. */
final class FieldNames {

    private static final Pattern STEP = Pattern.compile("/steps/[0-9]+");
    private static final Pattern AXIS = Pattern.compile("/matrix/[^/]+");
    private static final Pattern KEYFRAME = Pattern.compile(".*/keyframes/[0-9]+");

    private FieldNames() {}

    /**
     * The fields that an object may have.
     *
     * @param parent pointer of the object
     * @param top the fields of the manifest itself
     */
    static Collection<String> in(String parent, Collection<String> top) {
        if (parent.isEmpty()) {
            return top;
        }
        if (parent.equals("/deliver")) {
            return List.of("to", "key", OutputChoice.FIELD);
        }
        if (parent.equals("/" + ScheduleReader.FIELD)) {
            return List.of("cron", "timeZone", "misfire", "blackout", "enabled");
        }
        if (parent.startsWith("/" + ScheduleReader.FIELD + "/blackout/")) {
            return List.of("from", "to");
        }
        if (parent.equals("/" + Firing.FIELD)) {
            return List.of(Firing.SCHEDULE, "at");
        }
        if (AXIS.matcher(parent).matches()) {
            return List.of(DataFiles.FROM);
        }
        if (KEYFRAME.matcher(parent).matches()) {
            return List.of("at", "image");
        }
        if (parent.endsWith("/edit")) {
            return List.of("autoControls", "strength", "pose", "depth", "normals", "trajectory", "face", "keyframes");
        }
        if (parent.endsWith("/sourcePosition")) {
            return List.of("x", "y", "width", "height");
        }
        List<String> fields = new ArrayList<>();
        if (STEP.matcher(parent).matches()) {
            fields.addAll(List.of("id", "operation", "each", "deliver"));
        }
        fields.addAll(RenderField.labels());
        return fields;
    }

    static boolean isKeyframePosition(String pointer) {
        int last = pointer.lastIndexOf('/');
        return pointer.endsWith("/at")
                && KEYFRAME.matcher(pointer.substring(0, last)).matches();
    }

    /** Whether a field at this place can be a render field. @param parts of its pointer */
    static boolean isRenderFieldPlace(String[] parts) {
        return parts.length == 2
                || parts.length == 3 && parts[1].equals("defaults")
                || parts.length == 4 && parts[1].equals("steps")
                || parts.length == 5 && parts[1].equals("matrix") && parts[2].equals("include");
    }
}
