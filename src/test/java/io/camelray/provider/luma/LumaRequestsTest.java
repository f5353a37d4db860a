package io.camelray.provider.luma;

import static io.camelray.provider.Requests.CLIP;
import static io.camelray.provider.Requests.FIRST;
import static io.camelray.provider.Requests.LAST;
import static io.camelray.provider.Requests.MANUAL;
import static io.camelray.provider.Requests.PARENT;
import static io.camelray.provider.Requests.SMALL_CLIP;
import static io.camelray.provider.Requests.SMALL_IMAGE;
import static io.camelray.provider.Wire.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.model.AspectRatio;
import io.camelray.model.ClipLength;
import io.camelray.model.Direction;
import io.camelray.model.EditControls;
import io.camelray.model.Keyframe;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.SourcePosition;
import io.camelray.provider.Requests;
import io.camelray.provider.UnsupportedRequestException;
import io.camelray.provider.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LumaRequestsTest {

    @Test
    void text_to_video_says_every_default_aloud() {
        assertBody(
                Requests.generate().resolution(Resolution.P360).loop(true),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"360p","duration":"5s","loop":true}}
                """);
    }

    @Test
    void frames_go_by_address_or_inline() {
        assertBody(
                Requests.generate().startFrame(Optional.of(FIRST)).endFrame(Optional.of(SMALL_IMAGE)),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s","start_frame":{"url":"https://cdn.example/first.png"},
                  "end_frame":{"data":"QUJD","media_type":"image/png"}}}
                """);
    }

    @Test
    void keyframes_are_two_parallel_arrays_and_may_name_generations() {
        assertBody(
                Requests.generate()
                        .length(ClipLength.TEN_SECONDS)
                        .keyframes(List.of(new Keyframe(0, FIRST), new Keyframe(240, PARENT))),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"10s",
                  "keyframes":[{"url":"https://cdn.example/first.png"},
                   {"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}],
                  "keyframe_indexes":[0,240]}}
                """);
    }

    @Test
    void a_lone_start_frame_in_hdr_is_sent_as_a_keyframe() {
        assertBody(
                Requests.generate().hdr(true).exrExport(true).startFrame(Optional.of(FIRST)),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s","hdr":true,"exr_export":true,
                  "keyframes":[{"url":"https://cdn.example/first.png"}],"keyframe_indexes":[0]}}
                """);
    }

    @Test
    void other_frames_in_hdr_stay_what_they_are() {
        assertBody(
                Requests.generate().hdr(true).startFrame(Optional.of(FIRST)).endFrame(Optional.of(LAST)),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s","hdr":true,
                  "start_frame":{"url":"https://cdn.example/first.png"},
                  "end_frame":{"url":"https://cdn.example/last.png"}}}
                """);
        assertBody(
                Requests.generate().hdr(true).endFrame(Optional.of(LAST)),
                """
                {"model":"ray-3.2","type":"video","prompt":"a mug","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s","hdr":true,
                  "end_frame":{"url":"https://cdn.example/last.png"}}}
                """);
    }

    @Test
    void an_extension_names_ratio_and_duration_and_the_end_that_grows() {
        assertBody(
                Requests.extend(Direction.FORWARD).loop(true),
                """
                {"model":"ray-3.2","type":"video","prompt":"and on","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s","loop":true,
                  "start_frame":{"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}}}
                """);
        assertBody(
                Requests.extend(Direction.BACKWARD),
                """
                {"model":"ray-3.2","type":"video","prompt":"and on","aspect_ratio":"16:9",
                 "video":{"resolution":"720p","duration":"5s",
                  "end_frame":{"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"}}}
                """);
    }

    @Test
    void an_edit_follows_its_source_in_ratio_and_duration() {
        assertBody(
                Requests.edit(PARENT, EditControls.AUTO)
                        .aspectRatio(Optional.of(AspectRatio.R1X1))
                        .startFrame(Optional.of(FIRST)),
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"by night",
                 "source":{"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"},
                 "video":{"resolution":"720p","start_frame":{"url":"https://cdn.example/first.png"},
                  "edit":{"auto_controls":true}}}
                """);
    }

    @Test
    void a_source_always_names_its_media_type() {
        assertBody(
                Requests.edit(CLIP, EditControls.NONE),
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"by night",
                 "source":{"url":"https://cdn.example/clip.mp4","media_type":"video/mp4"},
                 "video":{"resolution":"720p"}}
                """);
        assertBody(
                Requests.edit(SMALL_CLIP, EditControls.NONE),
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"by night",
                 "source":{"data":"QUJD","media_type":"video/mp4"},"video":{"resolution":"720p"}}
                """);
    }

    @Test
    void manual_controls_are_enabled_one_by_one() {
        assertBody(
                Requests.edit(PARENT, MANUAL).hdr(true).exrExport(true),
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"by night",
                 "source":{"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"},
                 "video":{"resolution":"720p","hdr":true,"exr_export":true,"edit":{"strength":"flex_2","controls":{
                  "pose":{"enabled":true,"strength":"precise"},"depth":{"enabled":true,"blur":0.25},
                  "normals":{"enabled":true,"augmentation":0.5},"trajectory":{"enabled":true,"sparsity":0.75},
                  "face":{"enabled":true}}}}}
                """);
    }

    @Test
    void guide_keyframes_of_an_edit_stand_among_its_controls() {
        assertBody(
                Requests.edit(PARENT, Requests.guided()),
                """
                {"model":"ray-3.2","type":"video_edit","prompt":"by night",
                 "source":{"generation_id":"d290f1ee-6c54-4b01-90e6-d701748f0851"},
                 "video":{"resolution":"720p","edit":{"auto_controls":true,
                  "keyframes":[{"url":"https://cdn.example/first.png"}],"keyframe_indexes":[48]}}}
                """);
    }

    @Test
    void a_reframe_may_place_its_source() {
        assertBody(
                Requests.reframe(CLIP).sourcePosition(Optional.of(new SourcePosition(-0.5, 0, 2, 1))),
                """
                {"model":"ray-3.2","type":"video_reframe","prompt":"wider","aspect_ratio":"9:16",
                 "source":{"url":"https://cdn.example/clip.mp4","media_type":"video/mp4"},
                 "video":{"resolution":"720p","source_position":{"x_norm":-0.5,"y_norm":0.0,"w_norm":2.0,"h_norm":1.0}}}
                """);
    }

    @Test
    void what_would_have_to_be_left_out_is_refused_instead() {
        assertRefused(Requests.generate().startFrame(Optional.of(PARENT)), "interpolate");
        assertRefused(Requests.generate().source(Optional.of(CLIP)), "no source");
        assertRefused(Requests.generate().loop(true).keyframes(List.of(new Keyframe(0, FIRST))), "Keyframes exclude");
        assertRefused(Requests.extend(Direction.FORWARD).hdr(true), "standard dynamic range");
        assertRefused(Requests.extend(Direction.FORWARD).length(ClipLength.TEN_SECONDS), "5 s");
        assertRefused(Requests.extend(Direction.FORWARD).source(Optional.of(CLIP)), "Only an earlier generation");
        assertRefused(Requests.extend(Direction.FORWARD).direction(Optional.empty()), "direction");
        assertRefused(Requests.edit(PARENT, EditControls.AUTO).endFrame(Optional.of(LAST)), "guide frame only");
        assertRefused(Requests.edit(PARENT, Requests.guided()).startFrame(Optional.of(FIRST)), "not both");
        assertRefused(Requests.reframe(CLIP).hdr(true), "standard dynamic range");
        assertRefused(Requests.reframe(CLIP).aspectRatio(Optional.empty()), "aspect ratio");
        assertRefused(Requests.reframe(CLIP).startFrame(Optional.of(FIRST)), "no frames");
        assertRefused(Requests.generate().exrExport(true), "HDR");
    }

    private static void assertBody(RenderRequest.Builder request, String expected) {
        byte[] body =
                new LumaProvider(true).submission(request.build(), Wire.MEDIA).body();
        assertThat(json(body)).isEqualTo(json(expected));
    }

    private static void assertRefused(RenderRequest.Builder request, String why) {
        assertThatThrownBy(() -> new LumaProvider(true).submission(request.build(), Wire.MEDIA))
                .isInstanceOf(UnsupportedRequestException.class)
                .hasMessageContaining(why);
    }
}
