package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule refuses what breaks it; each positive neighbour passes. One sandbox, as refusals leave no trace. */
class ReplicateRulesTest {

    static final String CREATE = "/models/luma/ray-3.2/predictions";

    private static final String IMAGE = "https://cdn.example.com/a.png";

    private static Sandbox sandbox;
    private static JsonCaller replicate;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.builder()
                .clock(new FakeClock())
                .checkMedia(false)
                .build());
        replicate = JsonCaller.replicate(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                refused("R05 no input", "{}"),
                refused("R05 input as text", "{'input':'p'}"),
                refused("R05 no JSON", "{"),
                refused("R06 none", "{'input':{}}"),
                refused("R06 empty", "{'input':{'prompt':''}}"),
                refused("R09 prompt", "{'input':{'prompt':7}}"),
                refused("R09 flag", input("'hdr':'true'")),
                refused("R09 image", input("'start_image':7")),
                refused("R18", input("'aspect_ratio':'3:2'")),
                refused("R24", input("'resolution':'360p'")),
                refused("R26 text", input("'duration':'5'")),
                refused("R26 other", input("'duration':7")),
                refused("R26 fraction", input("'duration':5.0")),
                refused("R27", input("'duration':10,'start_image':'" + IMAGE + "'")),
                refused("R28", input("'duration':10,'end_image':'" + IMAGE + "'")),
                refused("R29", input("'duration':10,'hdr':true")),
                refused("R30", input("'duration':10,'loop':true")),
                refused("R37", input("'loop':true,'hdr':true")),
                refused("R38", input("'loop':true,'end_image':'" + IMAGE + "'")),
                refused("R40", input("'hdr':true,'resolution':'540p'")),
                refused("R41", input("'exr_export':true")),
                refused("R99", input("'start_image':'/frames/x.png'")),
                refused("R98", input("'start_image':'ftp://cdn.example.com/x.png'")),
                refused("R104", input("'start_image':'data:image/png;base64," + "A".repeat(14_100_000) + "'")),
                refused("R106 address", "{'input':{'prompt':'p'},'webhook':'/hook'}"),
                refused("R106 event", "{'input':{'prompt':'p'},'webhook_events_filter':['done']}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void isRefused(String rule, String body) throws IOException {
        int before = sandbox.ledger().generations().size();
        JsonCaller.Result reply = replicate.post(CREATE, body);
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(422);
        assertThat(reply.reply().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(reply.text("/detail")).isNotEmpty();
        assertThat(reply.text("/title")).isNotEmpty();
        assertThat(reply.json().get("status").asInt()).isEqualTo(422);
        assertThat(sandbox.ledger().generations()).hasSize(before);
    }

    static Stream<String> inOrder() {
        return Stream.of(
                "{'input':{'prompt':'p'}}",
                "{'input':{'prompt':'" + "x".repeat(6001) + "'}}",
                input("'aspect_ratio':'9:16','resolution':'1080p','duration':10"),
                input("'start_image':'" + IMAGE + "','end_image':'" + IMAGE + "','aspect_ratio':'1:1'"),
                input("'start_image':'" + IMAGE + "','loop':true"),
                input("'start_image':'data:image/png;base64,AAAA','hdr':true"),
                input("'hdr':true,'exr_export':true,'resolution':'1080p'"),
                input("'resolution':'540p','hdr':false,'exr_export':false,'loop':false"),
                input("'start_image':null,'duration':null"),
                "{'input':{'prompt':'p'},'webhook_events_filter':['start','output','logs','completed']}");
    }

    @ParameterizedTest
    @MethodSource("inOrder")
    void isAccepted(String body) throws IOException {
        JsonCaller.Result reply = replicate.post(CREATE, body);
        assertThat(reply.status()).as(reply.reply().body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=61", "respond-async, wait=90"})
    void aWaitOutsideOneToSixtySecondsIsRefused(String prefer) throws IOException {
        assertThat(replicate
                        .post(CREATE, input("'loop':true"), "Prefer", prefer)
                        .status())
                .isEqualTo(422);
        assertThat(replicate
                        .post(CREATE, input("'loop':true"), "Prefer", "respond-async")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4s", "soon", "5", "1d"})
    void aCancelAfterThatIsNoDurationOfFiveSecondsIsRefused(String after) throws IOException {
        assertThat(replicate
                        .post(CREATE, input("'loop':true"), "Cancel-After", after)
                        .status())
                .isEqualTo(422);
        assertThat(replicate
                        .post(CREATE, input("'loop':true"), "Cancel-After", "1h5m5s")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anotherModelIsUnknown() throws IOException {
        assertThat(replicate
                        .post("/models/luma/ray/predictions", input("'loop':true"))
                        .status())
                .isEqualTo(404);
    }

    private static Arguments refused(String rule, String body) {
        return Arguments.of(rule, body);
    }

    private static String input(String more) {
        return "{'input':{'prompt':'p'," + more + "}}";
    }
}
