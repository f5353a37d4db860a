package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.camelray.model.Money;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the providers find when they fetch the media of a request from a server of the caller's. */
class MediaInspectionTest {

    private final FakeClock clock = new FakeClock();
    private HttpServer host;
    private Sandbox sandbox;
    private LumaCaller luma;
    private JsonCaller gmi;
    private JsonCaller replicate;

    @BeforeEach
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.start();
        sandbox = Sandbox.start(SandboxOptions.builder().clock(clock).build());
        luma = new LumaCaller(sandbox);
        gmi = JsonCaller.gmi(sandbox);
        replicate = JsonCaller.replicate(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        host.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void anImageOfAKnownFormatIsAccepted(String format) throws IOException {
        serve("/a", "image/" + format, picture(format, 64, 36));
        assertThat(startFrame("/a").statusCode()).isEqualTo(201);
        assertThat(gmi.post("/requests", gmiFrame("/a")).status()).isEqualTo(200);
    }

    @Test
    void aWebpIsAnImageToo() throws IOException {
        byte[] webp = new byte[30];
        System.arraycopy("RIFF____WEBPVP8X".getBytes(StandardCharsets.US_ASCII), 0, webp, 0, 16);
        webp[24] = 63;
        webp[27] = 35;
        serve("/a", "image/webp", webp);
        assertThat(startFrame("/a").statusCode()).isEqualTo(201);
    }

    @Test
    void whatCannotBeFetchedIsRefusedWithTheStatusThatWasFound() throws IOException {
        assertThat(startFrame("/none").statusCode()).isEqualTo(422);
        assertThat(startFrame("/none").body()).contains("video.start_frame: failed to fetch URL (HTTP 404)");
        assertThat(gmi.post("/requests", gmiFrame("/none")).text("/error")).contains("HTTP 404");
        host.stop(0);
        assertThat(startFrame("/none").body()).contains("failed to fetch URL\"");
    }

    @Test
    void aPageIsNoImage() throws IOException {
        serve("/page", "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        serve("/disguised", "image/png", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThat(startFrame("/page").body()).contains("content-type is not an image");
        assertThat(startFrame("/disguised").statusCode()).isEqualTo(422);
        assertThat(sandbox.ledger().generations()).isEmpty();
    }

    @Test
    void anImageLargerThanFiftyMegabytesIsRefusedByItsStatedLength() throws IOException {
        host.createContext("/large", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 52_428_801);
            // The reader may hang up as soon as it has seen the length.
            exchange.getResponseBody().write(new byte[52_428_801]);
            exchange.close();
        });
        assertThat(startFrame("/large").statusCode()).isEqualTo(413);
        assertThat(gmi.post("/requests", gmiFrame("/large")).status()).isEqualTo(413);
    }

    @Test
    void anImageWithASideAboveEightThousandPixelsIsRefused() throws IOException {
        serve("/wide", "image/png", picture("png", 8001, 1));
        serve("/widest", "image/png", picture("png", 8000, 1));
        assertThat(startFrame("/wide").statusCode()).isEqualTo(422);
        assertThat(startFrame("/widest").statusCode()).isEqualTo(201);
    }

    @Test
    void inlineDataThatIsNoImageIsRefused() throws IOException {
        String frame =
                """
                {"model":"ray-3.2","type":"video","prompt":"p",
                 "video":{"start_frame":{"data":"%s","media_type":"image/png"}}}""";
        String good = Base64.getEncoder().encodeToString(picture("png", 8, 8));
        assertThat(luma.submit(frame.formatted("AAAA")).statusCode()).isEqualTo(422);
        assertThat(luma.submit(frame.formatted(good)).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"video_edit, 17, 201", "video_edit, 18, 422", "video_reframe, 29, 201", "video_reframe, 30, 422"})
    void aSourceMayLastEighteenSecondsToBeEditedAndThirtyToBeReframed(String type, int seconds, int status)
            throws IOException {
        // A clip of n seconds has one frame more than that.
        serve("/film.mp4", "video/mp4", film("1:1", seconds));
        HttpResponse<String> reply = source(type, "/film.mp4");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    }

    @Test
    void anEditFollowsTheRatioAndTheLengthOfAFetchedSource() throws IOException {
        serve("/film.mp4", "video/mp4", film("9:16", 7));
        HttpResponse<String> reply = source("video_edit", "/film.mp4");
        Clip clip = delivered(reply);
        assertThat(List.of(clip.width(), clip.height(), clip.frames())).containsExactly(360, 640, 7 * 24 + 1);
        assertThat(sandbox.ledger().total()).as("two blocks").isEqualTo(Money.dollars("1.08"));
    }

    @Test
    void aReframeKeepsTheLengthOfAFetchedSourceAndNotItsRatio() throws IOException {
        serve("/film.mp4", "video/mp4", film("9:16", 7));
        Clip clip = delivered(source("video_reframe", "/film.mp4"));
        assertThat(List.of(clip.width(), clip.height(), clip.frames())).containsExactly(480, 480, 7 * 24 + 1);
        assertThat(sandbox.ledger().total()).as("seven seconds").isEqualTo(Money.dollars("0.21"));
    }

    @Test
    void aSourceThatIsNoFilmIsAcceptedAndFailsLater() throws IOException {
        serve("/film.mp4", "video/mp4", "no film".getBytes(StandardCharsets.UTF_8));
        String id = luma.json(source("video_edit", "/film.mp4")).get("id").asText();
        clock.advance(Duration.ofMinutes(30));
        assertThat(luma.json(luma.poll(id)).get("failure_code").asText()).isEqualTo("corrupt_input");
    }

    @Test
    void aReplicatePredictionTakesTheRatioOfItsImage() throws IOException {
        serve("/tall.png", "image/png", picture("png", 36, 64));
        String id = replicate
                .post(
                        ReplicateRulesTest.CREATE,
                        "{'input':{'prompt':'p','aspect_ratio':'21:9','resolution':'540p','start_image':'"
                                + address("/tall.png") + "'}}")
                .text("/id");
        clock.advance(Duration.ofMinutes(5));
        String url = replicate.get("/predictions/" + id).text("/output");
        Clip clip = Clip.read(replicate.download(url).body());
        assertThat(List.of(clip.width(), clip.height())).containsExactly(540, 960);
    }

    @Test
    void noKeyIsSentToTheCallersServer() throws IOException {
        boolean[] leaked = new boolean[1];
        host.createContext("/a", exchange -> {
            leaked[0] |= exchange.getRequestHeaders().containsKey("Authorization");
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(picture("png", 4, 4));
            exchange.close();
        });
        assertThat(startFrame("/a").statusCode()).isEqualTo(201);
        assertThat(leaked[0]).isFalse();
    }

    @Test
    void whenOnlyPublicMediaAreAllowedPrivateAddressesAndPlainHttpAreRefusedByAll() throws IOException {
        SandboxOptions strict =
                SandboxOptions.builder().publicMediaOnly(true).checkMedia(false).build();
        try (Sandbox closed = Sandbox.start(strict)) {
            JsonCaller strictGmi = JsonCaller.gmi(closed);
            JsonCaller strictReplicate = JsonCaller.replicate(closed);
            String frame = "{'model':'luma-ray-3-2-generate','payload':{'prompt':'p','start_frame_url':'%s'}}";
            String image = "{'input':{'prompt':'p','start_image':'%s'}}";
            String hook = "{'input':{'prompt':'p'},'webhook':'%s'}";
            for (String bad : List.of("https://10.0.0.1/a", "https://localhost/a", "http://cdn.example.com/a")) {
                assertThat(strictGmi.post("/requests", frame.formatted(bad)).status())
                        .isEqualTo(422);
                assertThat(strictReplicate
                                .post(ReplicateRulesTest.CREATE, image.formatted(bad))
                                .status())
                        .isEqualTo(422);
                assertThat(strictReplicate
                                .post(ReplicateRulesTest.CREATE, hook.formatted(bad))
                                .status())
                        .isEqualTo(422);
            }
            String good = "https://cdn.example.com/a";
            assertThat(strictGmi.post("/requests", frame.formatted(good)).status())
                    .isEqualTo(200);
            assertThat(strictReplicate
                            .post(ReplicateRulesTest.CREATE, image.formatted(good))
                            .status())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({"1366, 768, 16:9", "1920, 1080, 16:9", "1080, 1920, 9:16", "2000, 1000, 2:1", "1999, 1600, 5:4"})
    void aRatioIsOneOfTheUsualOnesOrItsOwn(int width, int height, String ratio) {
        assertThat(new SourceShape(width, height, 1).ratio()).isEqualTo(ratio);
        ClipShape shape = ClipShape.of("360p", ratio, 5);
        assertThat((double) shape.width() / shape.height()).isBetween(0.98 * width / height, 1.02 * width / height);
    }

    private Clip delivered(HttpResponse<String> accepted) throws IOException {
        String id = luma.json(accepted).get("id").asText();
        clock.advance(Duration.ofMinutes(30));
        return Clip.read(luma.download(luma.outputUrl(id)).body());
    }

    private HttpResponse<String> startFrame(String path) throws IOException {
        return luma.submit(
                """
                {"model":"ray-3.2","type":"video","prompt":"p","video":{"start_frame":{"url":"%s"}}}"""
                        .formatted(address(path)));
    }

    private HttpResponse<String> source(String type, String path) throws IOException {
        return luma.submit(
                """
                {"model":"ray-3.2","type":"%s","prompt":"p","aspect_ratio":"1:1",
                 "source":{"url":"%s","media_type":"video/mp4"},"video":{"resolution":"360p"}}"""
                        .formatted(type, address(path)));
    }

    private String gmiFrame(String path) {
        return "{'model':'luma-ray-3-2-generate','payload':{'prompt':'p','start_frame_url':'" + address(path) + "'}}";
    }

    private String address(String path) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + path;
    }

    private void serve(String path, String type, byte[] body) {
        host.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static byte[] film(String ratio, int seconds) {
        return Films.of(ratio, seconds);
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, file);
        return file.toByteArray();
    }
}
