package io.camelray.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {

    private final FakeClock clock = new FakeClock();
    private Sandbox sandbox;
    private LumaCaller luma;
    private String id;

    private void completeOne(SandboxOptions.Builder options) throws IOException {
        completeOne(options, LumaCaller.TEXT_TO_VIDEO);
    }

    private void completeOne(SandboxOptions.Builder options, String body) throws IOException {
        sandbox = Sandbox.start(options.clock(clock).seed(7).build());
        luma = new LumaCaller(sandbox);
        id = luma.accepted(body);
        clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aValidUrlDeliversTheClipWithItsHeaders() throws IOException {
        completeOne(SandboxOptions.builder());
        HttpResponse<byte[]> reply = luma.download(luma.outputUrl(id));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(reply.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(reply.headers().firstValue("ETag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
        assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(reply.body().length);
        assertThat(Clip.read(reply.body()).frames()).isEqualTo(121);
    }

    @Test
    void aUrlWorksUntilTheLastSecondOfItsStatedLifeAndANewPollRepairsIt() throws IOException {
        completeOne(SandboxOptions.builder());
        URI url = luma.outputUrl(id);
        assertThat(url.getQuery()).contains("X-Amz-Expires=3600").contains("X-Amz-Date=20260701T090000Z");
        clock.advance(Duration.ofSeconds(3599));
        assertThat(luma.download(url).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        HttpResponse<byte[]> expired = luma.download(url);
        assertThat(expired.statusCode()).isEqualTo(403);
        assertThat(text(expired)).contains("<Code>AccessDenied</Code>", "Request has expired", "<ServerTime>");
        assertThat(luma.download(luma.outputUrl(id)).statusCode()).isEqualTo(200);
    }

    @Test
    void theLifeOfAUrlIsASettingStatedInTheUrl() throws IOException {
        completeOne(SandboxOptions.builder().urlLife(Duration.ofSeconds(5)));
        URI url = luma.outputUrl(id);
        assertThat(url.getQuery()).contains("X-Amz-Expires=5&");
        clock.advance(Duration.ofSeconds(5));
        assertThat(luma.download(url).statusCode()).isEqualTo(403);
    }

    @Test
    void everyPollMintsAnotherUrl() throws IOException {
        completeOne(SandboxOptions.builder());
        assertThat(luma.outputUrl(id)).isNotEqualTo(luma.outputUrl(id));
    }

    @ParameterizedTest
    @CsvSource({"X-Amz-Expires=3600,X-Amz-Expires=9999", ".mp4,.exr", "X-Amz-Signature=,X-Amz-Signature=0"})
    void anAlteredUrlIsRefused(String part, String altered) throws IOException {
        completeOne(SandboxOptions.builder());
        HttpResponse<byte[]> reply =
                luma.download(URI.create(luma.outputUrl(id).toString().replace(part, altered)));
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(text(reply)).contains("<Code>SignatureDoesNotMatch</Code>");
    }

    @Test
    void anApiKeySentToStorageIsRefusedAndNoticed() throws IOException {
        completeOne(SandboxOptions.builder());
        URI url = luma.outputUrl(id);
        luma.download(url);
        assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        HttpResponse<byte[]> reply = luma.download(url, "Authorization", "Bearer " + LumaCaller.KEY);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(text(reply)).contains("<Error>");
        assertThat(sandbox.ledger().leakedAuthorization()).isEqualTo(1);
    }

    @Test
    void aCookieSentToStorageIsRefusedAndNoticed() throws IOException {
        completeOne(SandboxOptions.builder());
        URI url = luma.outputUrl(id);
        assertThat(luma.download(url).headers().firstValue("Set-Cookie")).isPresent();
        assertThat(sandbox.ledger().leakedAuthorization()).isZero();
        assertThat(luma.download(url, "Cookie", "sandbox=storage").statusCode()).isEqualTo(400);
        assertThat(sandbox.ledger().leakedAuthorization()).isEqualTo(1);
    }

    @Test
    void theSignatureIsForGetOnly() throws IOException {
        completeOne(SandboxOptions.builder());
        HttpRequest head = HttpRequest.newBuilder(luma.outputUrl(id))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(luma.exchange(head, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, 0, 100", "bytes=100-, 100, -1", "bytes=-50, -50, -1", "bytes=10-99999999, 10, -1"})
    void aRangeIsCutFromTheWhole(String range, int from, int to) throws IOException {
        completeOne(SandboxOptions.builder());
        byte[] whole = luma.download(luma.outputUrl(id)).body();
        int first = from < 0 ? whole.length + from : from;
        int end = to < 0 ? whole.length : to;
        HttpResponse<byte[]> reply = luma.download(luma.outputUrl(id), "Range", range);
        assertThat(reply.statusCode()).isEqualTo(206);
        assertThat(reply.headers().firstValue("Content-Range"))
                .contains("bytes " + first + "-" + (end - 1) + "/" + whole.length);
        assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(whole, first, end));
    }

    @Test
    void aRangeBeyondTheEndIsRefused() throws IOException {
        completeOne(SandboxOptions.builder());
        assertThat(luma.download(luma.outputUrl(id), "Range", "bytes=99999999-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void anOutputThatIsNoLongerKeptIsRenderedAgainToTheSameBytes() throws IOException {
        completeOne(SandboxOptions.builder().requestsPerMinute(100).maxConcurrent(100));
        byte[] first = luma.download(luma.outputUrl(id)).body();
        for (int i = 0; i < 70; i++) {
            luma.accepted(LumaCaller.TEXT_TO_VIDEO);
        }
        assertThat(luma.download(luma.outputUrl(id)).body()).isEqualTo(first);
    }

    @Test
    void anExrIsDeliveredBesideTheClip() throws IOException {
        completeOne(
                SandboxOptions.builder(),
                """
                {"model":"ray-3.2","type":"video","prompt":"p",
                 "video":{"resolution":"720p","hdr":true,"exr_export":true}}""");
        var output = luma.json(luma.poll(id)).get("output");
        assertThat(output).hasSize(2);
        assertThat(output.at("/0/type").asText()).isEqualTo("video");
        assertThat(output.at("/1/type").asText()).isEqualTo("exr");
        HttpResponse<byte[]> exr = luma.download(URI.create(output.at("/1/url").asText()));
        assertThat(exr.headers().firstValue("Content-Type")).contains("image/x-exr");
        assertThat(Arrays.copyOf(exr.body(), 8)).containsExactly(0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0);
    }

    @Test
    void aPaddedClipOfFiftyMegabytesIsStreamedAndStillAValidMp4() throws IOException {
        long size = 50L * 1024 * 1024;
        completeOne(SandboxOptions.builder().outputBytes(size));
        HttpRequest request = HttpRequest.newBuilder(luma.outputUrl(id)).build();
        HttpResponse<InputStream> reply = luma.exchange(request, BodyHandlers.ofInputStream());
        List<String> boxes = new ArrayList<>();
        long total = 0;
        try (DataInputStream body = new DataInputStream(reply.body())) {
            while (total < size) {
                int length = body.readInt();
                boxes.add(new String(body.readNBytes(4), StandardCharsets.US_ASCII));
                body.skipNBytes(length - 8);
                total += length;
            }
            assertThat(body.read()).isEqualTo(-1);
        }
        assertThat(boxes).containsExactly("ftyp", "moov", "mdat", "free");
        assertThat(total).isEqualTo(size);
        assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(size);

        byte[] tail =
                luma.download(luma.outputUrl(id), "Range", "bytes=-1000000").body();
        byte[] shorterTail =
                luma.download(luma.outputUrl(id), "Range", "bytes=-1000").body();
        assertThat(Arrays.copyOfRange(tail, 999_000, 1_000_000)).isEqualTo(shorterTail);
    }

    private static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
