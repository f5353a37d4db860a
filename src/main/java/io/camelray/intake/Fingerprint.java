package io.camelray.intake;

import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What makes two renders the same work: SHA-256 over the neutral fields, each with its name and length. Fields that are
 * yet to come are added only where they are set, so that earlier fingerprints stay.
 */
final class Fingerprint {

    private static final String VERSION = "camel-ray render 1\n";

    private final MessageDigest digest = Digests.sha256();

    private Fingerprint() {
        digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a request that starts from no earlier step. */
    static String of(RenderRequest request) {
        return of(request, id -> {
            throw new IllegalArgumentException("No fingerprint is known of step " + id);
        });
    }

    /** @param parents the fingerprint of the render that a step of this id stands for */
    static String of(RenderRequest request, UnaryOperator<String> parents) {
        return of(request, parents, ref -> Optional.empty());
    }

    /**
     * @param parents the fingerprint of the render that a step of this id stands for
     * @param contents what tells the bytes of a reference from all others, where somebody looked into them
     */
    static String of(
            RenderRequest request, UnaryOperator<String> parents, Function<MediaRef, Optional<String>> contents) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add("operation", request.operation().label());
        fingerprint.add("prompt", request.prompt());
        request.aspectRatio().ifPresent(ratio -> fingerprint.add("aspectRatio", ratio.label()));
        fingerprint.add("resolution", request.resolution().label());
        fingerprint.add("duration", request.length().label());
        fingerprint.addIfSet("hdr", request.hdr());
        fingerprint.addIfSet("exrExport", request.exrExport());
        fingerprint.addIfSet("loop", request.loop());
        MediaIdentity media = new MediaIdentity(parents, contents);
        request.startFrame().ifPresent(ref -> fingerprint.add("startFrame", media.of(ref)));
        request.endFrame().ifPresent(ref -> fingerprint.add("endFrame", media.of(ref)));
        fingerprint.addFrames("keyframe", request.keyframes(), media);
        request.source().ifPresent(ref -> fingerprint.add("source", media.of(ref)));
        request.direction().ifPresent(direction -> fingerprint.add("direction", direction.label()));
        request.edit().ifPresent(edit -> fingerprint.addEdit(edit, media));
        request.sourcePosition()
                .ifPresent(at -> fingerprint.add(
                        "sourcePosition", at.x() + " " + at.y() + " " + at.width() + " " + at.height()));
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void addFrames(String name, List<Keyframe> frames, MediaIdentity media) {
        frames.forEach(frame -> add(name, frame.frame() + " " + media.of(frame.image())));
    }

    private void addEdit(EditControls edit, MediaIdentity media) {
        add("edit", edit.autoControls() ? "auto" : "");
        edit.strength().ifPresent(strength -> add("edit.strength", strength.label()));
        edit.pose().ifPresent(pose -> add("edit.pose", pose.label()));
        edit.depthBlur().ifPresent(depth -> add("edit.depth", String.valueOf(depth)));
        edit.normalsAugmentation().ifPresent(normals -> add("edit.normals", String.valueOf(normals)));
        edit.trajectorySparsity().ifPresent(trajectory -> add("edit.trajectory", String.valueOf(trajectory)));
        edit.face().ifPresent(face -> add("edit.face", String.valueOf(face)));
        addFrames("edit.keyframe", edit.keyframes(), media);
    }

    private void addIfSet(String name, boolean value) {
        if (value) {
            add(name, "true");
        }
    }

    private void add(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((name + ':' + bytes.length + ':').getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        digest.update((byte) '\n');
    }
}
