package io.camelray.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.RenderRecord;
import io.camelray.model.AspectRatio;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.HoldReason;
import io.camelray.model.Money;
import io.camelray.model.OutputKind;
import io.camelray.model.RenderId;
import io.camelray.model.RenderRequest;
import io.camelray.model.RenderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {

    private static final Clock CLOCK = Clock.fixed(Renders.PLANNED.plusSeconds(600), ZoneOffset.UTC);
    private static final String HOSTILE = "\"><script>alert('1')</script>&amp;\u0000";

    @TempDir
    Path home;

    private final RecordingLedger ledger = new RecordingLedger();

    private String sheet(int total) throws IOException {
        ContactSheet sheet = new ContactSheet(ledger, ObjectLinks.standard(), home.resolve("reports"), CLOCK);
        return Files.readString(sheet.write(status(total)));
    }

    private static CampaignStatus status(int total) {
        return new CampaignStatus(
                "spring",
                3,
                "digest0123",
                "spring.yaml",
                Map.of(RenderState.DELIVERED, total),
                Money.dollars("5"),
                Money.dollars("1.20"),
                Money.ZERO,
                Money.dollars("0.30"),
                Money.dollars("0.40"),
                Renders.PLANNED,
                9);
    }

    /** The same render in another cell. */
    private static RenderRecord in(RenderRecord like, String sku, AspectRatio ratio) {
        return in(like, sku, ratio, like.request(), like.label(), like.draftObject());
    }

    private static RenderRecord in(
            RenderRecord like,
            String sku,
            AspectRatio ratio,
            RenderRequest request,
            String label,
            Optional<String> draftObject) {
        return new RenderRecord(
                like.id(),
                like.campaign(),
                like.revision(),
                like.manifestDigest(),
                like.step(),
                "{\"aspectRatio\":\"" + ratio.label() + "\",\"sku\":\"" + sku + "\"}",
                label,
                like.line(),
                like.provider(),
                like.account(),
                request,
                like.fingerprint(),
                like.price(),
                like.state(),
                like.held(),
                like.failure(),
                like.note(),
                like.confirmed(),
                like.plannedAt(),
                like.changedAt(),
                like.cancelRequested(),
                like.attempts(),
                like.outputs(),
                like.draft(),
                draftObject);
    }

    @Test
    void variants_stand_in_a_grid_of_values_and_ratios_and_what_was_not_asked_for_is_a_gap_to_see() throws IOException {
        String clip = home.resolve("outputs/spring/a b#1.mp4").toString();
        RenderRecord delivered = Renders.render(1, RenderState.DELIVERED, Renders.stored(OutputKind.VIDEO, clip, ""));
        ledger.renders.add(in(delivered, "mug-01", AspectRatio.R16X9));
        ledger.renders.add(in(Renders.render(2, RenderState.PLANNED), "mug-01", AspectRatio.R9X16));
        ledger.renders.add(in(Renders.render(3, RenderState.PLANNED), "mug-02", AspectRatio.R16X9));

        assertThat(sheet(3))
                .contains("<h2>Step hero</h2>", "2 rows, 1 gap", "<th scope=\"col\">9:16</th>")
                .containsOnlyOnce("<td class=\"gap\">9:16 was not asked for</td>")
                .contains("src=\"../../outputs/spring/a%20b%231.mp4\"", "SHA-256 <code>abcd</code>")
                .contains("<p class=\"prompt\">A lamp on a table, über-bright</p>")
                .contains("$0.30 paid, by the price book", "$0.30 expected, nothing paid", "digest0123")
                .doesNotContain("lie in a bucket");
    }

    @Test
    void no_value_can_be_more_than_text() throws IOException {
        RenderRecord held = Renders.render(
                7,
                RenderState.FAILED,
                Renders.REQUEST,
                Optional.empty(),
                Optional.of(new Failure(FailureClass.MODERATED, HOSTILE, HOSTILE)),
                "",
                Renders.stored(OutputKind.VIDEO, "s3://videos/" + HOSTILE, ""));
        ledger.renders.add(
                in(held, "x", AspectRatio.R1X1, Renders.REQUEST.withPrompt(HOSTILE), HOSTILE, Optional.of(HOSTILE)));

        String page = sheet(1);

        assertThat(page)
                .containsOnlyOnce("<script>")
                .containsOnlyOnce("</script>")
                .contains("&quot;&gt;&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt;&amp;amp;")
                .doesNotContain("\u0000")
                .contains("name=\"retry\"", "lie in a bucket");
        assertThat(page.split("<script>")[0]).contains("default-src 'none'".replace("'", "&apos;"));
    }

    @Test
    void what_waits_for_approval_shows_its_draft_and_asks() throws IOException {
        RenderRecord held = Renders.render(
                4, RenderState.HELD, Renders.REQUEST, Optional.of(HoldReason.APPROVAL), Optional.empty(), "");
        ledger.renders.add(in(
                held,
                "mug-01",
                AspectRatio.R1X1,
                Renders.REQUEST,
                "mug-01_1x1",
                Optional.of("s3://videos/drafts/spring/mug 1.mp4")));

        assertThat(sheet(1))
                .contains("src=\"https://videos.s3.amazonaws.com/drafts/spring/mug%201.mp4\"")
                .contains("<span class=\"draft\">draft</span>")
                .contains("name=\"decide-R4\" value=\"yes\"", "name=\"decide-R4\" value=\"\" checked>")
                .contains("data-columns=\"campaign,render,variant,step,state,price,object,draft object,approve\"")
                .contains("held (approval)");
    }

    @Test
    void a_large_campaign_goes_over_several_pages_and_pages_of_an_earlier_larger_one_go() throws IOException {
        RenderRecord like = Renders.render(1, RenderState.PLANNED);
        int total = ContactSheet.PAGE + 1;
        for (int i = 1; i <= total; i++) {
            ledger.renders.add(in(Renders.render(i, like.state()), "sku-" + i, AspectRatio.R1X1));
        }
        assertThat(sheet(total))
                .contains("<a href=\"contact-sheet.html\" aria-current=\"page\">1</a>")
                .contains("<a href=\"contact-sheet-2.html\">2</a>")
                .contains("id=\"R" + ContactSheet.PAGE + "\"")
                .doesNotContain("id=\"R" + total + "\"");
        Path second = home.resolve("reports/spring/contact-sheet-2.html");
        assertThat(Files.readString(second)).contains("id=\"R" + total + "\"", "aria-current=\"page\">2</a>");

        ledger.renders.subList(1, total).clear();
        assertThat(sheet(1)).doesNotContain("<nav").contains("id=\"" + new RenderId(1) + "\"");
        assertThat(second).doesNotExist();
    }
}
