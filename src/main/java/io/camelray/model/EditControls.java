package io.camelray.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an edit keeps of its source. What is empty is left to the model.
 *
 * @param autoControls the model derives everything; excludes all the others but keyframes (R78, R91)
 * @param depthBlur 0 to 1 (R81)
 * @param normalsAugmentation 0 to 1 (R81)
 * @param trajectorySparsity 0 to 1 (R81)
 * @param face whether faces keep their identity
 * @param keyframes guide images on the source's own frame grid, 64 at most (R82)
 */
public record EditControls(
        boolean autoControls,
        Optional<EditStrength> strength,
        Optional<PoseStrength> pose,
        OptionalDouble depthBlur,
        OptionalDouble normalsAugmentation,
        OptionalDouble trajectorySparsity,
        Optional<Boolean> face,
        List<Keyframe> keyframes) {

    public static final EditControls NONE = new EditControls(
            false,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of());

    /** The model decides what to keep: what the providers recommend. */
    public static final EditControls AUTO = new EditControls(
            true,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of());

    public EditControls {
        Objects.requireNonNull(strength, "strength");
        Objects.requireNonNull(pose, "pose");
        Objects.requireNonNull(face, "face");
        keyframes = List.copyOf(keyframes);
    }

    /** Whether anything but {@code autoControls} and the guide images is chosen. */
    public boolean isManual() {
        return strength.isPresent() || hasSignals();
    }

    /** Whether one of pose, depth, normals, trajectory or face is chosen. */
    public boolean hasSignals() {
        return pose.isPresent()
                || depthBlur.isPresent()
                || normalsAugmentation.isPresent()
                || trajectorySparsity.isPresent()
                || face.isPresent();
    }
}
