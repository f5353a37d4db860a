package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule refuses what breaks it; each positive neighbour passes. One sandbox, as refusals leave no trace. */
class LumaRulesTest {

    private static final FakeClock CLOCK = new FakeClock();
    private static final String IMAGE = "{'url':'https://cdn.example.com/a.png'}";
    private static final String FILM = "'source':{'url':'https://cdn.example.com/a.mp4','media_type':'video/mp4'}";
    private static final String STRANGER = "{'generation_id':'11111111-2222-4333-8444-555555555555'}";

    private static Sandbox sandbox;
    private static LumaCaller luma;
    private static String parent;
    private static String hdrParent;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(CLOCK)
                .requestsPerMinute(10_000)
                .maxConcurrent(10_000)
                .checkMedia(false)
                .build());
        luma = new LumaCaller(sandbox);
        parent = luma.accepted(json(video("'resolution':'360p'")));
        hdrParent = luma.accepted(json(video("'hdr':true")));
        CLOCK.advance(Duration.ofMinutes(10));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                refused("R01 image model", 400, "{'model':'uni-1','type':'image','prompt':'p'}"),
                refused("R01 unknown type", 422, "{'model':'ray-3.2','type':'film','prompt':'p'}"),
                refused("R01 no type", 400, "{'model':'ray-3.2','prompt':'p'}"),
                refused("R02 no model", 400, "{'type':'video','prompt':'p'}"),
                refused("R02 unknown model", 400, "{'model':'ray-3','type':'video','prompt':'p'}"),
                refused("R03 suffix", 400, "{'model':'ray-3.2+hdr','type':'video','prompt':'p'}"),
                refused("R06 empty", 400, "{'model':'ray-3.2','type':'video','prompt':''}"),
                refused("R06 missing", 422, "{'model':'ray-3.2','type':'video'}"),
                refused("R06 long", 400, "{'model':'ray-3.2','type':'video','prompt':'" + "x".repeat(6001) + "'}"),
                refused("R09 flag as text", 422, video("'loop':'true'")),
                refused("R09 number as text", 422, video("'duration':5")),
                refused("R09 body", 422, "[]"),
                refused("R09 cut", 422, "{"),
                refused("R10", 400, top("'user_id':'" + "u".repeat(257) + "'")),
                refused("R11", 400, top("'image_ref':[" + IMAGE + "]")),
                refused("R14 image ratio", 400, top("'aspect_ratio':'3:1'")),
                refused("R14 no ratio", 422, top("'aspect_ratio':'5:4'")),
                refused("R15", 400, typed("video_reframe", FILM)),
                refused("R23", 422, video("'resolution':'4k'")),
                refused("R25", 422, video("'duration':'7s'")),
                refused("R27", 400, video("'duration':'10s','start_frame':" + IMAGE)),
                refused("R28", 400, video("'duration':'10s','end_frame':" + IMAGE)),
                refused("R29", 400, video("'duration':'10s','hdr':true")),
                refused("R30", 400, video("'duration':'10s','loop':true")),
                refused("R34", 400, reframe("9:16", "'resolution':'1080p'")),
                refused("R36", 400, edit("'loop':true")),
                refused("R37", 400, video("'loop':true,'hdr':true")),
                refused("R38", 400, video("'loop':true,'end_frame':" + IMAGE)),
                refused("R39", 400, video("'loop':true," + keyframes(1, "0"))),
                refused("R40", 400, video("'hdr':true,'resolution':'540p'")),
                refused("R41", 400, video("'exr_export':true")),
                refused("R42", 400, video("'hdr':true,'start_frame':" + STRANGER)),
                refused("R43", 400, reframe("1:1", "'hdr':true")),
                refused("R47 none", 400, video("'start_frame':{}")),
                refused("R47 two", 400, video("'start_frame':{'url':'https://a.example/b.png','data':'AAAA'}")),
                refused("R48", 400, video("'start_frame':{'data':'AAAA'}")),
                refused("R49", 422, video("'start_frame':{'data':'data:AAAA','media_type':'image/png'}")),
                refused("R50", 422, video("'start_frame':{'data':'AAAA','media_type':'video/mp4'}")),
                refused("R51", 400, video("'start_frame':{'generation_id':'nope'}")),
                refused("R52", 400, video("'keyframes':[" + IMAGE + "]")),
                refused("R53", 400, video(keyframes(1, "0,1"))),
                refused("R54 empty", 422, video(keyframes(0, ""))),
                refused("R54 many", 400, video(keyframes(65, numbers(65)))),
                refused("R55 beyond 5 s", 400, video(keyframes(1, "121"))),
                refused("R55 beyond 10 s", 400, video("'duration':'10s'," + keyframes(1, "241"))),
                refused("R55 negative", 400, video(keyframes(1, "-1"))),
                refused("R55 fraction", 422, video(keyframes(1, "1.5"))),
                refused("R56", 400, video(keyframes(2, "3,3"))),
                refused("R58", 400, video("'start_frame':" + IMAGE + "," + keyframes(1, "0"))),
                refused("R59", 400, edit(keyframes(1, "0"))),
                refused("R60", 400, video("'start_frame':" + STRANGER + ",'end_frame':" + IMAGE)),
                refused("R62 unknown", 400, video("'start_frame':" + STRANGER)),
                refused("R63", 400, edit("'end_frame':" + IMAGE)),
                refused("R64", 400, video("'edit':{'auto_controls':true}")),
                refused("R65", 400, top(FILM)),
                refused("R66", 400, video("'source_position':{'x_norm':0,'y_norm':0,'w_norm':1,'h_norm':1}")),
                refused("R71 edit", 400, typed("video_edit", "'video':{}")),
                refused("R71 reframe", 400, typed("video_reframe", "'aspect_ratio':'1:1'")),
                refused("R73", 400, typed("video_edit", "'source':{'url':'https://a.example/b.mp4'}")),
                refused("R78", 400, edit("'edit':{'auto_controls':true,'strength':'flex_1'}")),
                refused("R79", 422, edit("'edit':{'strength':'flex_9'}")),
                refused("R80", 422, edit("'edit':{'controls':{'pose':{'strength':'rough'}}}")),
                refused("R81", 400, edit("'edit':{'controls':{'depth':{'blur':1.5}}}")),
                refused("R82", 400, edit("'edit':{'keyframes':[" + IMAGE + "],'keyframe_indexes':[]}")),
                refused(
                        "R84",
                        400,
                        edit("'start_frame':" + IMAGE + ",'edit':{'keyframes':[" + IMAGE
                                + "],'keyframe_indexes':[0]}")),
                refused("R93", 400, reframe("1:1", "'source_position':{'x_norm':0}")),
                refused("R94", 400, reframe("1:1", "'source_position':{'x_norm':0,'y_norm':0,'w_norm':0,'h_norm':1}")),
                refused("R96", 400, reframe("1:1", "'start_frame':" + IMAGE)),
                refused("R99", 422, video("'start_frame':{'url':'/frames/x.png'}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void isRefused(String rule, int status, String body) throws IOException {
        int before = sandbox.ledger().generations().size();
        HttpResponse<String> reply = luma.submit(json(body));
        JsonNode detail = luma.json(reply).get("detail");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(detail.isArray() || detail.isTextual()).isTrue();
        if (detail.isArray()) {
            assertThat(detail.at("/0/loc/0").asText()).isEqualTo("body");
            assertThat(detail.at("/0/msg").asText()).isNotEmpty();
        }
        assertThat(sandbox.ledger().generations()).hasSize(before);
    }

    static Stream<String> inOrder() {
        return Stream.of(
                "{'model':'ray-3.2','type':'video','prompt':'p'}",
                "{'model':'ray-3.2','type':'video','prompt':'p','video':null,'aspect_ratio':null}",
                top("'style':'auto','web_search':false,'user_id':null"),
                "{'model':'ray-3.2','type':'video','prompt':'" + "x".repeat(6000) + "'}",
                "{'model':'ray-3.2','type':'video','prompt':'" + "🐫".repeat(6000) + "'}",
                video("'start_frame':" + IMAGE),
                video("'start_frame':" + IMAGE + ",'end_frame':" + IMAGE),
                video("'start_frame':{'data':'AAAA','media_type':'image/png'}"),
                video("'start_frame':" + IMAGE + ",'loop':true"),
                video("'hdr':true,'exr_export':true,'resolution':'1080p'"),
                video(keyframes(64, numbers(64))),
                video("'duration':'10s'," + keyframes(2, "0,240")),
                video(keyframes(2, "120,0")),
                edit("'edit':{'auto_controls':true}"),
                edit("'hdr':true,'edit':{'strength':'reimagine_3','controls':{'depth':{'enabled':true,'blur':1}}}"),
                edit("'duration':'10s','hdr':true"),
                edit("'start_frame':" + IMAGE),
                reframe("9:16", "'resolution':'720p'"),
                reframe("1:1", "'source_position':{'x_norm':-2,'y_norm':2,'w_norm':2,'h_norm':0.1}"));
    }

    @ParameterizedTest
    @MethodSource("inOrder")
    void isAccepted(String body) throws IOException {
        HttpResponse<String> reply = luma.submit(json(body));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource
    void extendsAGenerationOfTheSameAccount(String video) throws IOException {
        HttpResponse<String> reply = luma.submit(json(video(video.replace("PARENT", parent))));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    }

    static Stream<String> extendsAGenerationOfTheSameAccount() {
        return Stream.of(
                "'start_frame':{'generation_id':'PARENT'}",
                "'start_frame':{'generation_id':'PARENT'},'loop':true",
                "'end_frame':{'generation_id':'PARENT'}");
    }

    @Test
    void extendingAnHdrClipIsAcceptedAndFailsLater() throws IOException {
        String id = luma.accepted(json(video("'start_frame':{'generation_id':'" + hdrParent + "'}")));
        CLOCK.advance(Duration.ofMinutes(10));
        assertThat(luma.json(luma.poll(id)).get("failure_code").asText()).isEqualTo("generation_failed");
    }

    @Test
    void privateMediaIsRefusedWhenOnlyPublicIsAllowed() throws IOException {
        String local = video("'start_frame':{'url':'http://127.0.0.1:9000/a.png'}");
        assertThat(luma.submit(json(local)).statusCode()).isEqualTo(201);
        try (Sandbox strict = Sandbox.start(
                SandboxOptions.builder().checkMedia(false).publicMediaOnly(true).build())) {
            LumaCaller strictLuma = new LumaCaller(strict);
            assertThat(strictLuma.submit(json(local)).statusCode()).isEqualTo(422);
            assertThat(strictLuma.submit(json(video("'start_frame':" + IMAGE))).statusCode())
                    .isEqualTo(201);
        }
    }

    private static Arguments refused(String rule, int status, String body) {
        return Arguments.of(rule, status, body);
    }

    private static String typed(String type, String more) {
        return "{'model':'ray-3.2','type':'" + type + "','prompt':'p'," + more + "}";
    }

    private static String top(String more) {
        return typed("video", more);
    }

    private static String video(String options) {
        return typed("video", "'video':{" + options + "}");
    }

    private static String edit(String options) {
        return typed("video_edit", FILM + ",'video':{" + options + "}");
    }

    private static String reframe(String ratio, String options) {
        return typed("video_reframe", FILM + ",'aspect_ratio':'" + ratio + "','video':{" + options + "}");
    }

    private static String keyframes(int count, String indexes) {
        String images = String.join(",", Collections.nCopies(count, IMAGE));
        return "'keyframes':[" + images + "],'keyframe_indexes':[" + indexes + "]";
    }

    private static String numbers(int count) {
        return String.join(
                ",", IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    private static String json(String readable) {
        return readable.replace('\'', '"');
    }
}
