package io.camelray.rules;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;
import static io.camelray.model.Severity.ERROR;
import static io.camelray.model.Severity.WARNING;
import static io.camelray.rules.RuleCase.CLIP;
import static io.camelray.rules.RuleCase.EDIT;
import static io.camelray.rules.RuleCase.EXTEND;
import static io.camelray.rules.RuleCase.FILE;
import static io.camelray.rules.RuleCase.HDR;
import static io.camelray.rules.RuleCase.IMAGE;
import static io.camelray.rules.RuleCase.PLAIN;
import static io.camelray.rules.RuleCase.REFRAME;
import static io.camelray.rules.RuleCase.at;
import static io.camelray.rules.RuleCase.edit;
import static io.camelray.rules.RuleCase.guided;
import static io.camelray.rules.RuleCase.image;
import static io.camelray.rules.RuleCase.knowing;
import static io.camelray.rules.RuleCase.source;
import static io.camelray.rules.RuleCase.start;
import static io.camelray.rules.RuleCase.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelray.model.AspectRatio;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.RenderRequest;
import io.camelray.model.Resolution;
import io.camelray.model.Severity;
import io.camelray.model.SourceLength;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that look at media, at parents and at addresses: what breaks each, and the nearest that does not. */
class MediaRuleTest {

    private static final RuleBook RULES = RuleBook.standard();
    private static final MediaRef PICTURE = new MediaRef.LocalFile("mug.png", "");
    private static final RenderRequest FRAMED = start(PLAIN, IMAGE);
    private static final RenderRequest CUT = source(EDIT, CLIP);
    private static final MediaFacts PNG = image("image/png", 1000, 1920, 1080, 1);
    private static final MediaFacts MP4 = video("video/mp4", 1_000_000, 1920, 1080, 8);

    static Stream<Arguments> cases() {
        long mebi = 1024 * 1024;
        return Stream.of(
                // what was found in an image
                row("R50", ERROR, FRAMED, looked(IMAGE, image("image/avif", 1, 1, 1, 1)), FRAMED, looked(IMAGE, PNG)),
                row("R50", ERROR, FRAMED, looked(IMAGE, MP4), FRAMED, looked(IMAGE, image("image/gif", 1, 1, 1, 1))),
                row(
                        "R50",
                        ERROR,
                        FRAMED,
                        looked(IMAGE, image("application/zip", 1, 0, 0, 0)),
                        FRAMED,
                        looked(IMAGE, PNG)),
                row("R101", ERROR, FRAMED, looked(IMAGE, sized(52_428_801)), FRAMED, looked(IMAGE, sized(4 * mebi))),
                row("R101", WARNING, FRAMED, looked(IMAGE, sized(52_428_800)), FRAMED, looked(IMAGE, PNG)),
                row(
                        "R102",
                        ERROR,
                        FRAMED,
                        looked(IMAGE, image("image/png", 1, 8001, 1, 1)),
                        FRAMED,
                        looked(IMAGE, image("image/png", 1, 8000, 8000, 1))),
                row(
                        "R102",
                        ERROR,
                        FRAMED,
                        looked(IMAGE, image("image/png", 1, 1, 8001, 1)),
                        FRAMED,
                        looked(IMAGE, PNG)),
                row(
                        "R103",
                        ERROR,
                        FRAMED,
                        looked(IMAGE, image("image/webp", 1, 1, 1, 2)),
                        FRAMED,
                        looked(IMAGE, image("image/webp", 1, 1, 1, 1))),
                row("R70", WARNING, start(PLAIN, web("a.gif")), at(GMI), FRAMED, at(GMI)),
                row(
                        "R70",
                        WARNING,
                        FRAMED,
                        knowing(at(GMI), IMAGE, image("image/gif", 1, 1, 1, 1)),
                        start(PLAIN, web("a.gif")),
                        knowing(at(GMI), web("a.gif"), PNG)),
                row(
                        "R104",
                        WARNING,
                        start(PLAIN, PICTURE),
                        knowing(at(REPLICATE), PICTURE, sized(262_145)),
                        start(PLAIN, PICTURE),
                        knowing(at(REPLICATE), PICTURE, sized(262_144))),
                row(
                        "R104",
                        ERROR,
                        start(PLAIN, PICTURE),
                        knowing(at(REPLICATE), PICTURE, sized(10 * mebi + 1)),
                        start(PLAIN, PICTURE),
                        knowing(at(REPLICATE), PICTURE, sized(10 * mebi + 1)).withHosted(true)),
                row(
                        "R105",
                        WARNING,
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, heavy(10 * mebi + 1)).withHosted(true),
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, heavy(10 * mebi))),
                row(
                        "R105",
                        WARNING,
                        source(EDIT, FILE),
                        knowing(at(LUMA), FILE, heavy(10 * mebi + 1)),
                        source(EDIT, FILE),
                        knowing(at(LUMA), FILE, heavy(10 * mebi + 1)).withHosted(true)),
                // what was found in a source
                row("R73", ERROR, CUT, looked(CLIP, PNG), CUT, looked(CLIP, MP4)),
                row(
                        "R89",
                        ERROR,
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, PNG),
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, MP4)),
                row(
                        "R97",
                        ERROR,
                        source(REFRAME, FILE),
                        knowing(at(GMI), FILE, PNG),
                        source(REFRAME, FILE),
                        knowing(at(GMI), FILE, MP4)),
                row("R74", WARNING, CUT, looked(CLIP, video("video/quicktime", 1, 1, 1, 5)), CUT, looked(CLIP, MP4)),
                row("R75", ERROR, CUT, looked(CLIP, heavy(200 * mebi + 1)), CUT, looked(CLIP, heavy(200 * mebi))),
                row("R76", ERROR, CUT, looked(CLIP, lasting(18.1)), CUT, looked(CLIP, lasting(18.0))),
                row(
                        "R76",
                        ERROR,
                        CUT,
                        looked(CLIP, lasting(18.1)),
                        CUT,
                        looked(CLIP, lasting(18.1)).withLifted(Set.of("R76"))),
                row("R76", ERROR, CUT, looked(CLIP, lasting(18.1)), source(REFRAME, CLIP), looked(CLIP, lasting(18.1))),
                row(
                        "R76",
                        WARNING,
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, lasting(18.1)),
                        source(EDIT, FILE),
                        knowing(at(GMI), FILE, lasting(18))),
                row(
                        "R77",
                        ERROR,
                        CUT,
                        looked(CLIP, lasting(30.1)).withLifted(Set.of("R76")),
                        CUT,
                        looked(CLIP, lasting(30.0))),
                row(
                        "R77",
                        ERROR,
                        source(REFRAME, CLIP),
                        looked(CLIP, lasting(30.1)),
                        source(REFRAME, CLIP),
                        looked(CLIP, lasting(30))),
                row("R77", ERROR, EDIT, recorded(31), EDIT, at(LUMA).withSourceLength(SourceLength.unknown(31))),
                row(
                        "R77",
                        ERROR,
                        EDIT,
                        at(GMI).withSourceLength(SourceLength.measured(31)),
                        EDIT,
                        at(GMI).withSourceLength(SourceLength.measured(30))),
                row("R112", WARNING, EDIT, recorded(19), EDIT, recorded(18)),
                row("R112", WARNING, EDIT, at(GMI), EDIT, at(GMI).withSourceLength(SourceLength.nominal(10))),
                row("R83", WARNING, guide(48), looked(CLIP, lasting(2)), guide(47), looked(CLIP, lasting(2))),
                row(
                        "R20",
                        ERROR,
                        wide(source(REFRAME, FILE)),
                        knowing(at(GMI), FILE, MP4),
                        source(REFRAME, FILE),
                        knowing(at(GMI), FILE, MP4)),
                row(
                        "R20",
                        ERROR,
                        wide(REFRAME),
                        at(GMI).withParent(PLAIN),
                        wide(REFRAME),
                        at(GMI).withParent(PLAIN.withAspectRatio(AspectRatio.R4X3))),
                row(
                        "R20",
                        ERROR,
                        wide(source(REFRAME, FILE)),
                        knowing(at(GMI), FILE, video("video/mp4", 1, 1930, 1080, 5)),
                        wide(source(REFRAME, FILE)),
                        knowing(at(GMI), FILE, video("video/mp4", 1, 1950, 1080, 5))),
                row("R21", WARNING, wide(REFRAME), at(LUMA).withParent(PLAIN), REFRAME, at(LUMA).withParent(PLAIN)),
                // the step before
                row(
                        "R22",
                        WARNING,
                        noRatio(EXTEND),
                        at(LUMA).withParent(noRatio(PLAIN)),
                        noRatio(EXTEND),
                        at(LUMA).withParent(PLAIN)),
                row("R46", ERROR, EXTEND, at(LUMA).withParent(HDR), EXTEND, at(LUMA).withParent(PLAIN)),
                row("R40", ERROR, smallHdr(EDIT), at(LUMA), smallHdr(EDIT), at(LUMA).withLifted(Set.of("R40"))),
                row("R40", ERROR, smallHdr(PLAIN), at(LUMA).withLifted(Set.of("R40")), HDR, at(LUMA)),
                row("R40", ERROR, smallHdr(EDIT), at(GMI).withLifted(Set.of("R40")), HDR, at(GMI)),
                row(
                        "R44",
                        ERROR,
                        HDR,
                        new RuleContext(GMI, HdrAccess.NONE),
                        HDR,
                        new RuleContext(GMI, HdrAccess.GRANTED)),
                // addresses
                address("R98", ERROR, "http://cdn.example.com/a.png", "https://cdn.example.com/a.png"),
                address("R99", ERROR, "/frames/a.png", "https://cdn.example.com/frames/a.png"),
                address("R100", ERROR, signed("20261121T110000Z", 3600), signed("20261121T113000Z", 3600)),
                address("R100", WARNING, signed("20261121T112959Z", 3600), "https://cdn.example.com/a.png"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void what_breaks_a_rule_is_told_and_its_neighbour_is_not(
            String id,
            Severity severity,
            RenderRequest broken,
            RuleContext told,
            RenderRequest good,
            RuleContext quiet) {
        assertThat(RULES.check(broken, told))
                .filteredOn(finding -> finding.rule().id().equals(id))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.message()).endsWith(".");
                    assertThat(finding.remedy()).endsWith(".");
                });
        assertThat(RULES.check(good, quiet))
                .extracting(finding -> finding.rule().id())
                .doesNotContain(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/a.png", "https://LOCALHOST./a.png", "https://a.localhost/a.png",
                "https://printer.local/a.png", "https://metadata.google.internal/a.png", "https://intranet/a.png",
                "https://127.0.0.1/a.png", "https://10.1.2.3/a.png", "https://172.16.0.1/a.png",
                "https://192.168.1.1/a.png", "https://169.254.169.254/latest", "https://0.0.0.0/a.png",
                "https://100.64.0.1/a.png", "https://127.1/a.png", "https://2130706433/a.png",
                "https://0x7f000001/a.png", "https://[::1]/a.png", "https://[fd00::1]/a.png",
                "https://[fe80::1]/a.png", "https://[::ffff:10.0.0.1]/a.png", "https://127.0.0.1:8443/a.png",
                "https://999.1.1.1/a.png"
            })
    void a_host_of_our_own_network_is_refused_unless_it_is_allowed(String url) {
        RenderRequest request = start(PLAIN, new MediaRef.Web(url));

        assertThat(RULES.check(request, at(LUMA)))
                .extracting(finding -> finding.rule().id(), Finding::field, Finding::severity)
                .containsExactly(tuple("R98", "startFrame", ERROR));
        assertThat(RULES.check(request, at(LUMA).withUrls(UrlPolicy.PRIVATE_TOO)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://8.8.8.8/a.png",
                "https://[2001:4860:4860::8888]/a.png",
                "https://cdn.example.com:8443/a.png",
                "HTTPS://CDN.example.com/a",
                "https://my_bucket.s3.amazonaws.com/a.png?x=1&y={z}"
            })
    void a_public_host_is_accepted(String url) {
        assertThat(RULES.check(start(PLAIN, new MediaRef.Web(url)), at(LUMA))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://cdn.example.com/a.png, R98",
        "https:///a.png, R98",
        "https://a b/c.png, R98",
        "file:/etc/passwd, R98",
        "data:image/png;base64x, R98",
        "a.png, R99",
        "//cdn.example.com/a.png, R99"
    })
    void an_address_that_no_provider_can_use_is_refused(String url, String id) {
        assertThat(RULES.check(start(PLAIN, new MediaRef.Web(url)), at(LUMA)))
                .extracting(finding -> finding.rule().id())
                .containsExactly(id);
    }

    @Test
    void plain_http_is_for_private_hosts_that_are_allowed_only() {
        RuleContext lenient = at(LUMA).withUrls(UrlPolicy.PRIVATE_TOO);

        assertThat(RULES.check(start(PLAIN, new MediaRef.Web("http://localhost:8080/a.png")), lenient))
                .isEmpty();
        assertThat(RULES.check(start(PLAIN, new MediaRef.Web("http://cdn.example.com/a.png")), lenient))
                .extracting(finding -> finding.rule().id())
                .containsExactly("R98");
    }

    @Test
    void a_domain_that_the_operator_calls_private_is_refused_with_all_below_it() {
        RuleContext context = at(LUMA).withUrls(new UrlPolicy(false, Set.of("corp.example")));

        assertThat(RULES.check(start(PLAIN, new MediaRef.Web("https://img.corp.example/a.png")), context))
                .extracting(finding -> finding.rule().id())
                .containsExactly("R99");
        assertThat(RULES.check(start(PLAIN, new MediaRef.Web("https://notcorp.example/a.png")), context))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Date=20261121T100000Z&X-Amz-Expires=3600, ERROR",
        "X-Amz-Expires=3600&X-Amz-Date=20261121T111500Z, WARNING",
        "X-Goog-Date=20261121T100000Z&X-Goog-Expires=3600, ERROR",
        "Expires=1795262399&Signature=x, ERROR",
        "Expires=1795263000&Signature=x, WARNING",
        "se=2026-11-21T11%3A00%3A00Z&sig=x, ERROR",
        "X-Amz-Date=20261121T120000Z&X-Amz-Expires=1800, ",
        "X-Amz-Date=nonsense&X-Amz-Expires=3600, ",
        "X-Amz-Date=20261121T100000Z&X-Amz-Expires=99999999999999999999, ",
        "Expires=soon, ",
        "se=2020-01-01T00%3A00%3A00Z, "
    })
    void a_presigned_address_says_when_it_expires(String query, Severity severity) {
        MediaRef clip = new MediaRef.Web("https://b.s3.amazonaws.com/a.mp4?" + query);

        assertThat(RULES.check(source(REFRAME, clip), at(LUMA)))
                .extracting(Finding::severity)
                .isEqualTo(Optional.ofNullable(severity).stream().toList());
        assertThat(RULES.check(source(REFRAME, clip), at(LUMA)))
                .allSatisfy(finding -> assertThat(finding.message()).doesNotContain(query));
    }

    @Test
    void only_what_sources_contradict_each_other_on_can_be_lifted() {
        RuleContext context = at(LUMA);

        assertThatThrownBy(() -> context.withLifted(Set.of("R41")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("R41");
    }

    private static Arguments row(
            String id,
            Severity severity,
            RenderRequest broken,
            RuleContext told,
            RenderRequest good,
            RuleContext quiet) {
        return arguments(id, severity, broken, told, good, quiet);
    }

    private static Arguments address(String id, Severity severity, String bad, String good) {
        return arguments(
                id,
                severity,
                start(PLAIN, new MediaRef.Web(bad)),
                at(LUMA),
                start(PLAIN, new MediaRef.Web(good)),
                at(LUMA));
    }

    private static String signed(String date, int seconds) {
        return "https://b.s3.amazonaws.com/a.png?X-Amz-Date=" + date + "&X-Amz-Expires=" + seconds;
    }

    private static MediaRef web(String name) {
        return new MediaRef.Web("https://cdn.example.com/" + name);
    }

    private static RuleContext looked(MediaRef ref, MediaFacts facts) {
        return knowing(at(LUMA), ref, facts);
    }

    private static RuleContext recorded(double seconds) {
        return at(LUMA).withSourceLength(SourceLength.measured(seconds));
    }

    private static MediaFacts sized(long bytes) {
        return image("image/png", bytes, 100, 100, 1);
    }

    private static MediaFacts heavy(long bytes) {
        return video("video/mp4", bytes, 1920, 1080, 8);
    }

    private static MediaFacts lasting(double seconds) {
        return video("video/mp4", 1000, 1920, 1080, seconds);
    }

    private static RenderRequest guide(int frame) {
        return edit(CUT, guided(frame));
    }

    private static RenderRequest wide(RenderRequest request) {
        return request.withAspectRatio(AspectRatio.R16X9);
    }

    private static RenderRequest noRatio(RenderRequest request) {
        return request.toBuilder().aspectRatio(Optional.empty()).build();
    }

    private static RenderRequest smallHdr(RenderRequest request) {
        return request.withHdr(true).withResolution(Resolution.P540);
    }
}
