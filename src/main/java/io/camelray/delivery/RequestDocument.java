package io.camelray.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelray.assets.RedactedUrl;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import java.util.List;

/** What a request says about media and how they are used. Addresses are written without their query: it may be a secret. */
final class RequestDocument {

    private RequestDocument() {}

    /** Adds what only some requests have. */
    static void more(RenderRequest request, ObjectNode node) {
        request.startFrame().ifPresent(media -> node.set("startFrame", media(media)));
        request.endFrame().ifPresent(media -> node.set("endFrame", media(media)));
        keyframes(request.keyframes(), node);
        request.source().ifPresent(media -> node.set("source", media(media)));
        request.direction().ifPresent(direction -> node.put("direction", direction.label()));
        request.edit().ifPresent(edit -> node.set("edit", edit(edit)));
        request.sourcePosition().ifPresent(position -> node.putObject("sourcePosition")
                .put("x", position.x())
                .put("y", position.y())
                .put("width", position.width())
                .put("height", position.height()));
    }

    private static ObjectNode edit(EditControls edit) {
        ObjectNode node = RecordJson.object();
        node.put("autoControls", edit.autoControls());
        edit.strength().ifPresent(strength -> node.put("strength", strength.label()));
        edit.pose().ifPresent(pose -> node.put("pose", pose.label()));
        edit.depthBlur().ifPresent(value -> node.put("depthBlur", value));
        edit.normalsAugmentation().ifPresent(value -> node.put("normalsAugmentation", value));
        edit.trajectorySparsity().ifPresent(value -> node.put("trajectorySparsity", value));
        edit.face().ifPresent(face -> node.put("face", face));
        keyframes(edit.keyframes(), node);
        return node;
    }

    private static void keyframes(List<Keyframe> keyframes, ObjectNode node) {
        if (!keyframes.isEmpty()) {
            ArrayNode list = node.putArray("keyframes");
            keyframes.forEach(
                    keyframe -> list.addObject().put("frame", keyframe.frame()).set("image", media(keyframe.image())));
        }
    }

    private static ObjectNode media(MediaRef media) {
        ObjectNode node = RecordJson.object();
        if (media instanceof MediaRef.Web web) {
            return node.put("url", RedactedUrl.of(web.url()));
        }
        if (media instanceof MediaRef.LocalFile file) {
            return node.put("file", file.path()).put("sha256", file.sha256());
        }
        if (media instanceof MediaRef.Stored stored) {
            return node.put("object", "s3://" + stored.bucket() + "/" + stored.key());
        }
        if (media instanceof MediaRef.Generation generation) {
            return node.put("generation", generation.id());
        }
        return node.put("step", ((MediaRef.Step) media).id());
    }
}
