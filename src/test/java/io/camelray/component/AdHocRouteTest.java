package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.model.FailureClass;
import io.camelray.model.RenderState;
import io.camelray.model.Violation;
import io.camelray.sandbox.FailurePlan;
import io.camelray.sandbox.SandboxLedger.Generation;
import io.camelray.sandbox.SandboxOptions;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One message asks for one render, and gets its video; whatever happens in between, it is paid for once. */
class AdHocRouteTest {

    private static final String SMALL = "aspectRatio=1:1&resolution=360p";

    /** Sends messages to {@code ray:} endpoints. */
    abstract static class Asking extends RayRouteTest {

        static Exchange ask(CamelContext context, String uri, Object body, Map<String, Object> headers) {
            try (ProducerTemplate template = context.createProducerTemplate()) {
                return template.request(uri, exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        Exchange ask(String uri, Object body, Map<String, Object> headers) {
            return ask(context(), uri, body, headers);
        }

        Exchange ask(String uri, Object body) {
            return ask(uri, body, Map.of());
        }

        static <T> T header(Exchange exchange, String name, Class<T> type) {
            return exchange.getMessage().getHeader(name, type);
        }

        static File video(Exchange exchange) {
            assertThat(exchange.getException()).isNull();
            return exchange.getMessage().getBody(File.class);
        }

        List<Generation> generations() {
            return sandbox().ledger().generations();
        }

        void route(RouteBuilder routes) throws Exception {
            context().addRoutes(routes);
        }
    }

    /** An application that has nothing but what it asks. */
    abstract static class Alone extends Asking {

        @Override
        protected void configure(MainConfigurationProperties configuration) {}
    }

    @Nested
    class Beside_the_routes_of_the_program extends Asking {

        @Test
        void a_request_is_answered_once_whoever_submits_and_delivers_it() throws IOException {
            drop("one.yaml", oneClip("one"));
            List<File> videos = new ArrayList<>();
            for (String key : List.of("a", "b", "c")) {
                videos.add(video(ask("ray:generate?" + SMALL, "a mug " + key, Map.of(RayConstants.KEY, key))));
            }
            settled("one");

            assertThat(videos).allMatch(File::isFile).doesNotHaveDuplicates();
            assertThat(sandbox().ledger().posts()).isEqualTo(4);
            assertThat(files("outputs"))
                    .containsExactly(
                            "ad-hoc/a/generate.mp4",
                            "ad-hoc/a/generate.mp4.json",
                            "ad-hoc/b/generate.mp4",
                            "ad-hoc/b/generate.mp4.json",
                            "ad-hoc/c/generate.mp4",
                            "ad-hoc/c/generate.mp4.json",
                            "one/generate.mp4",
                            "one/generate.mp4.json");
            appears("reports/one/r1.txt");
            assertThat(files("reports")).allMatch(report -> report.startsWith("one/"));
            assertThat(files("spool")).isEmpty();
        }

        @Test
        void a_manifest_cannot_take_the_name_of_a_request() throws IOException {
            drop("sly.yaml", oneClip("ad-hoc-a"));

            assertThat(appears("rejected/sly.yaml.errors.json")).content().contains("kept for ad-hoc requests");
            nothingWasPosted();
        }
    }

    @Nested
    class In_an_application_without_other_routes extends Alone {

        @Override
        FailurePlan failures() {
            return FailurePlan.parse(
                    """
                    rules:
                      - {on: job, match: {promptContains: forbidden}, do: content_moderated, times: 0}
                      - {on: submit, match: {promptContains: lost}, do: reset-after-accept, times: 0}
                    """);
        }

        @Test
        void a_clip_is_generated_edited_reframed_and_extended_each_from_the_one_before() throws Exception {
            route(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:chain")
                            .to("ray:generate?aspectRatio=16:9&resolution=540p")
                            .setHeader(RayConstants.SOURCE, simple("generation:${header.CamelRayChainId}"))
                            .to(
                                    "ray:edit?resolution=540p&prompt=at night&edit=RAW({\"strength\":\"flex_2\",\"face\":true})");
                }
            });

            Exchange edited = ask("direct:chain", "a mug with {{no}} template and ${no} expression");
            String source = "generation:" + header(edited, RayConstants.CHAIN_ID, String.class);
            Exchange reframed = ask(
                    "ray:reframe?prompt=more of the table&resolution=540p",
                    null,
                    Map.of(
                            RayConstants.SOURCE,
                            source,
                            RayConstants.ASPECT_RATIO,
                            "9:16",
                            RayConstants.SOURCE_POSITION,
                            Map.of("x", 0.0, "y", 0.25, "width", 1.0, "height", 0.5)));
            Exchange extended = ask(
                    "ray:extend?aspectRatio=16:9&resolution=540p&direction=backward&source=" + source, "before that");

            assertThat(List.of(video(edited), video(reframed), video(extended))).allMatch(File::isFile);
            assertThat(generations()).hasSize(4);
            assertThat(generations().get(0).prompt()).isEqualTo("a mug with {{no}} template and ${no} expression");
            assertThat(generations().get(1).body().toString())
                    .contains("flex_2")
                    .contains(generations().get(0).id());
            assertThat(generations().get(2).body().toString()).contains("9:16").contains("0.25");
            assertThat(generations()
                            .get(3)
                            .body()
                            .path("video")
                            .path("end_frame")
                            .toString())
                    .as("an extension backward ends where the clip begins")
                    .contains(generations().get(1).id());
            assertThat(edited.getMessage().getHeaders())
                    .containsEntry(RayConstants.PROVIDER, "luma")
                    .containsEntry(RayConstants.ACCOUNT, "luma")
                    .containsEntry(RayConstants.CONTENT_TYPE, "video/mp4")
                    .containsEntry(RayConstants.JOB_ID, generations().get(1).id())
                    .containsEntry(RayConstants.BYTES, video(edited).length())
                    .containsKeys(RayConstants.KEY, RayConstants.RENDER_ID, RayConstants.CAMPAIGN);
            assertThat(header(edited, RayConstants.SHA256, String.class)).hasSize(64);
            assertThat(header(edited, RayConstants.PRICE, BigDecimal.class)).isPositive();
            assertThat(files("spool")).isEmpty();
        }

        @Test
        void hdr_comes_with_its_exr_and_a_header_goes_before_an_option() {
            Exchange answer = ask(
                    "ray:generate?hdr=true&exrExport=true&resolution=1080p&aspectRatio=16:9&duration=5s",
                    "a mug",
                    Map.of(RayConstants.RESOLUTION, "720p", RayConstants.PROMPT, "a cup"));

            assertThat(video(answer)).isFile();
            assertThat(header(answer, RayConstants.EXR_FILE, File.class)).isFile();
            assertThat(generations()).singleElement().satisfies(made -> {
                assertThat(made.prompt()).isEqualTo("a cup");
                assertThat(made.body().toString()).contains("720p").doesNotContain("1080p");
            });
        }

        @Test
        void what_cannot_be_rendered_is_refused_with_every_reason_and_its_option() {
            Exchange answer = ask(
                    "ray:generate?hdr=true&resolution=540p&keyframes=RAW([{\"at\":\"soon\",\"imag\":\"x\"}])&source=http://x/y",
                    "",
                    Map.of(RayConstants.ASPECT_RATIO, "5:4"));

            RayRejectedException refused = answer.getException(RayRejectedException.class);
            assertThat(refused.getViolations())
                    .extracting(violation -> violation.place().pointer())
                    .contains("aspectRatio", "source", "keyframes/0/imag", "keyframes/0/at");
            assertThat(refused.getViolations()).extracting(Violation::rule).contains("R98", "unknown-field");
            assertThat(refused).hasMessageContaining("5:4").hasMessageContaining("[R98 source]");
            nothingWasPosted();
            assertThat(ledger().campaigns()).isEmpty();
        }

        @Test
        void an_option_may_name_any_file_and_a_header_none_that_is_not_allowed() throws IOException {
            Path photo = home.resolve("mug.png");
            ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());

            Exchange trusted = ask("ray:generate?" + SMALL + "&startFrame=" + photo, "steam");
            Exchange hostile =
                    ask("ray:generate?" + SMALL, "steam", Map.of(RayConstants.START_FRAME, photo.toString()));
            Exchange nested = ask(
                    "ray:generate?" + SMALL,
                    "steam",
                    Map.of(RayConstants.KEYFRAMES, List.of(Map.of("at", 0, "image", "/etc/passwd"))));

            assertThat(video(trusted)).isFile();
            assertThat(generations()).hasSize(1);
            assertThat(hostile.getException(RayRejectedException.class))
                    .hasMessageContaining("no folder that is allowed");
            assertThat(nested.getException(RayRejectedException.class))
                    .hasMessageContaining("no folder that is allowed");
            assertThat(files("assets")).hasSize(1);
        }

        @Test
        void the_same_key_answers_the_same_and_refuses_anything_else() {
            Map<String, Object> key = Map.of(RayConstants.KEY, "order 17/ä");
            File first = video(ask("ray:generate?" + SMALL, "a mug", key));
            File again = video(ask("ray:generate?aspectRatio=1:1&duration=5s&resolution=360p", "a mug", key));
            Exchange other = ask("ray:generate?" + SMALL, "a cup", key);

            assertThat(again).isEqualTo(first).isFile();
            assertThat(other.getException(RayRejectedException.class))
                    .hasMessageContaining("CamelRayKey")
                    .hasMessageContaining("another request");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);

            assertThat(first.delete()).isTrue();
            assertThat(ask("ray:generate?" + SMALL, "a mug", key).getException(RayFailedException.class))
                    .hasMessageContaining("not there any more");
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }

        @Test
        void many_messages_with_one_key_wait_for_one_render() throws Exception {
            List<Future<Exchange>> asked = new ArrayList<>();
            try (ProducerTemplate template = context().createProducerTemplate()) {
                for (int i = 0; i < 12; i++) {
                    asked.add(template.asyncSend("ray:generate?" + SMALL, exchange -> {
                        exchange.getMessage().setBody("a mug");
                        exchange.getMessage().setHeader(RayConstants.KEY, "together");
                    }));
                }
                for (Future<Exchange> exchange : asked) {
                    assertThat(video(exchange.get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)))
                            .isFile();
                }
            }
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }

        @Test
        void redelivery_attaches_and_pays_nothing_twice() throws Exception {
            route(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(RayDetachedException.class)
                            .maximumRedeliveries(20)
                            .redeliveryDelay(20);
                    from("direct:impatient").to("ray:generate?timeout=50&" + SMALL);
                }
            });

            Exchange answer = ask("direct:impatient", "a mug");

            assertThat(video(answer)).isFile();
            assertThat(header(answer, Exchange.REDELIVERY_COUNTER, Integer.class))
                    .isPositive();
            assertThat(sandbox().ledger().posts()).isEqualTo(1);
        }

        @Test
        void a_render_without_a_video_ends_with_what_became_of_it() {
            Exchange failed = ask("ray:generate?" + SMALL, "something forbidden", Map.of(RayConstants.KEY, "bad"));
            Exchange lost = ask("ray:generate?" + SMALL, "something lost");
            Exchange dear =
                    ask("ray:generate?budget=0.01&" + SMALL, "something dear", Map.of(RayConstants.KEY, "dear"));

            RayFailedException failure = failed.getException(RayFailedException.class);
            assertThat(failure.getFailureClass()).isEqualTo(FailureClass.MODERATED);
            assertThat(failure.getReason()).isNotBlank();
            assertThat(failure.getRemedy()).isNotBlank();
            assertThat(failure.getRenderId()).isEqualTo(header(failed, RayConstants.RENDER_ID, String.class));
            assertThat(failure.getKey()).isEqualTo("bad");
            assertThat(lost.getException(RayHeldException.class).getState()).isEqualTo(RenderState.UNKNOWN);
            assertThat(lost.getException()).hasMessageContaining("resolve");
            assertThat(dear.getException(RayHeldException.class).getState()).isEqualTo(RenderState.HELD);
            assertThat(dear.getException()).hasMessageContaining("budget");
            assertThat(sandbox().ledger().posts()).isEqualTo(2);
        }

        @Test
        void fetch_answers_the_status_with_a_fresh_url_by_key_and_by_render() {
            Exchange made = ask("ray:generate?" + SMALL, "a mug", Map.of(RayConstants.KEY, "mug"));
            video(made);
            String render = header(made, RayConstants.RENDER_ID, String.class);

            for (Object name : List.of("mug", render)) {
                Map<?, ?> status = ask("ray:fetch", name).getMessage().getBody(Map.class);
                assertThat(status.get("render")).isEqualTo(render);
                assertThat(status.get("state")).isEqualTo("delivered");
                assertThat(status.get("outputs"))
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                        .first()
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsEntry("kind", "video")
                        .containsKeys("url", "urlExpiresAt", "sha256", "location");
            }
            assertThat(ask("ray:fetch", "nothing").getException(RayRejectedException.class))
                    .hasMessageContaining("Nothing was asked for");
        }
    }

    @Nested
    class When_Camel_stops extends Alone {

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().speed(15);
        }

        @Test
        void waiters_are_let_go_at_once_and_the_same_key_attaches_after_the_restart() throws Exception {
            route(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").routeId("ask").to("ray:generate?" + SMALL);
                    from("direct:other").routeId("other").to("ray:generate?" + SMALL);
                }
            });
            ProducerTemplate template = context().createProducerTemplate();
            Future<Exchange> ofRoute = send(template, "direct:other", "b");
            rendering("ad-hoc-b");
            context().getRouteController().stopRoute("other");
            RayDetachedException first = ofRoute.get().getException(RayDetachedException.class);
            context().getRouteController().startRoute("other");
            Future<Exchange> attached = send(template, "direct:other", "b");
            assertThat(video(attached.get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)))
                    .isFile();
            Future<Exchange> ofLater = send(template, "direct:other", "c");
            Future<Exchange> ofContext = send(template, "direct:ask", "a");
            rendering("ad-hoc-c");
            rendering("ad-hoc-a");
            String ledger = context().getComponent("ray", RayComponent.class).getLedgerUrl();
            context().stop();

            assertThat(first).hasMessageContaining("'b'");
            assertThat(first.getRenderId()).isNotBlank();
            assertThat(ofLater.get().getException()).isInstanceOf(RayDetachedException.class);
            assertThat(ofContext.get().getException(RayDetachedException.class).getKey())
                    .isEqualTo("a");

            try (CamelContext restarted = new DefaultCamelContext()) {
                restarted.addComponent("ray", component(ledger));
                restarted.start();
                assertThat(video(
                                Asking.ask(restarted, "ray:generate?" + SMALL, "a mug", Map.of(RayConstants.KEY, "a"))))
                        .isFile();
                // Nobody asked for this one again: the ledger goes on all the same.
                await().atMost(LONG_ENOUGH)
                        .until(() -> Files.isRegularFile(home.resolve("outputs/ad-hoc/c/generate.mp4.json")));
                assertThat(sandbox().ledger().posts()).isEqualTo(3);
            }
        }

        private Future<Exchange> send(ProducerTemplate template, String uri, String key) {
            return template.asyncSend(uri, exchange -> {
                exchange.getMessage().setBody("a mug");
                exchange.getMessage().setHeader(RayConstants.KEY, key);
            });
        }

        private void rendering(String campaign) {
            await().atMost(LONG_ENOUGH).until(() -> ledger().campaign(campaign)
                    .map(status -> status.count(RenderState.RENDERING))
                    .filter(count -> count == 1)
                    .isPresent());
        }

        private RayComponent component(String ledger) {
            RayComponent component = new RayComponent();
            component.setHome(home.toString());
            component.setLedgerUrl(ledger);
            component.setLedgerUsername("sa");
            component.setLedgerPassword("");
            component.setLumaApiKey("luma-api-test");
            component.setLumaBaseUrl(sandbox().lumaBaseUrl().toString());
            component.setDownloadAllowPrivate(true);
            component.setInitialPollDelay(100);
            component.setPollInterval(100);
            return component;
        }
    }

    @Nested
    class A_thousand_messages extends Alone {

        @Override
        SandboxOptions.Builder sandboxOptions() {
            return super.sandboxOptions().speed(1);
        }

        @Test
        void wait_without_a_thread_each() throws Exception {
            route(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(RayDetachedException.class).handled(true);
                    from("seda:ask?concurrentConsumers=2").to("ray:generate?" + SMALL);
                }
            });
            try (ProducerTemplate template = context().createProducerTemplate()) {
                for (int i = 0; i < 1000; i++) {
                    template.sendBodyAndHeader(
                            "seda:ask?waitForTaskToComplete=Never&blockWhenFull=true", "a mug", RayConstants.KEY, "k");
                }
            }

            await().atMost(LONG_ENOUGH)
                    .until(() -> context().getInflightRepository().size() >= 1000);

            assertThat(Thread.activeCount()).isLessThan(200);
            assertThat(sandbox().ledger().posts()).isLessThanOrEqualTo(1);
            assertThat(ledger().campaigns()).extracting(CampaignStatus::total).containsExactly(1);
        }
    }
}
