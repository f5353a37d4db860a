package io.camelray.sandbox;

import java.util.Base64;
import java.util.Optional;

/** Works out what an admissible Replicate request asks for. An image that cannot be had makes the prediction fail. */
final class ReplicateJobs {

    static final String MODEL = "luma/ray-3.2";

    private final MediaInspector inspector;

    ReplicateJobs(MediaInspector inspector) {
        this.inspector = inspector;
    }

    Draft draft(ReplicateRequest request, String account) {
        Optional<JobFate> fate = Optional.empty();
        Optional<SourceShape> shape = Optional.empty();
        boolean anchored = false;
        for (String name : ReplicateRequest.IMAGES) {
            if (request.input().has(name)) {
                Inspection image = look(name, request.input().text(name, ""));
                fate = fate.or(() -> image.refusal().map(refused -> new JobFate.Fails(null, refused.detail(), 0)));
                shape = shape.or(image::shape);
                anchored = true;
            }
        }
        String asked = anchored ? "16:9" : request.input().text("aspect_ratio", "16:9");
        return new Draft(
                Provider.REPLICATE,
                account,
                "video",
                MODEL,
                request.prompt(),
                request.body(),
                new ClipSpec(
                        request.resolution(),
                        shape.map(SourceShape::ratio).orElse(asked),
                        request.seconds(),
                        request.hdr(),
                        request.exr()),
                fate,
                request.lifetime());
    }

    private Inspection look(String name, String image) {
        if (!image.startsWith("data:")) {
            return inspector.imageAt(name, image);
        }
        try {
            return inspector.image(name, Base64.getDecoder().decode(image.substring(image.indexOf(',') + 1)));
        } catch (IllegalArgumentException e) {
            return Inspection.refused(422, name + ": invalid base64 data");
        }
    }
}
