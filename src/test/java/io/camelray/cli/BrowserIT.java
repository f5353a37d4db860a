package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelray.model.RenderState;
import io.camelray.sandbox.FailurePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What people see and click, in a real browser, from the running program and from the disk. */
class BrowserIT {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final String HOSTILE = "A mug <script>window.hacked = 1</script><img src=x onerror=window.hacked=1>";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static PagedProgram program;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        if (!Browser.isInstalled()) {
            System.out.println(
                    "*** NO BROWSER: what people see is NOT tested. Install chromium and chromium-driver. ***");
        }
        Assumptions.assumeTrue(Browser.isInstalled(), "neither Chromium nor its driver is installed");
        program = PagedProgram.start(
                folder.resolve("home"),
                FailurePlan.parse(
                        """
                        rules:
                          - {on: job, match: {promptContains: forbidden}, times: 2, do: content_moderated}
                        """));
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (program != null) {
            program.close();
        }
    }

    private static Path sheet(String campaign) {
        return program.program().home().resolve("reports").resolve(campaign).resolve("contact-sheet.html");
    }

    private static void plays(WebElement video) {
        Map<?, ?> played = browser.play(video);
        assertThat(played.get("error")).isEqualTo("");
        assertThat(((Number) played.get("time")).doubleValue()).isGreaterThan(0.2);
        assertThat((Long) played.get("ready")).isGreaterThanOrEqualTo(2);
        assertThat((Long) played.get("width")).isPositive();
    }

    private static long generations(String prompt) {
        return program.sandbox().ledger().generations().stream()
                .filter(job -> job.body().toString().contains(prompt))
                .count();
    }

    private static void nothingRan() {
        assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
    }

    @Test
    void drafts_are_played_and_approved_on_the_sheet_and_its_csv_in_the_inbox_brings_the_finals() throws IOException {
        program.drop(
                "mugs.yaml",
                """
                campaign: mugs
                draft: true
                prompt: "Slow dolly around {{sku.name}}, first light"
                resolution: 540p
                matrix:
                  sku: [{id: mug-01, name: a sage green mug}, {id: mug-02, name: "%s"}]
                  aspectRatio: ["1:1", "9:16"]
                  exclude: [{sku: mug-02, aspectRatio: "9:16"}]
                deliver: {key: "{{campaign}}/{{sku.id}}_{{aspectRatio}}.{{ext}}"}
                """
                        .formatted(HOSTILE));
        await().atMost(LONG_ENOUGH).until(() -> program.drafts("mugs", RenderState.DELIVERED) == 3);
        await().atMost(LONG_ENOUGH)
                .until(() -> Files.exists(sheet("mugs"))
                        && Files.readString(sheet("mugs")).split("class=\"draft\"").length == 4);

        browser.open(sheet("mugs").toUri().toString());
        assertThat(browser.find("td.gap").getText()).isEqualTo("9:16 was not asked for");
        assertThat(browser.find(".card[data-variant='mug-02_1x1'] .prompt").getText())
                .isEqualTo("Slow dolly around " + HOSTILE + ", first light");
        nothingRan();
        plays(browser.find(".card[data-variant='mug-01_1x1'] video"));
        browser.click(".card[data-variant='mug-01_1x1'] input[value=yes]");
        browser.click(".card[data-variant='mug-02_1x1'] input[value=no]");
        assertThat(browser.find("#decided").getText())
                .startsWith("1 approved for $")
                .contains("1 rejected");
        browser.inspect("contact-sheet");
        browser.click("#save-approvals");
        Path saved = browser.downloads().resolve("mugs-r1-approvals.csv");
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(saved));
        Files.move(saved, program.program().home().resolve("inbox/approvals.csv"), StandardCopyOption.ATOMIC_MOVE);

        await().atMost(LONG_ENOUGH).until(() -> program.count("mugs", RenderState.DELIVERED) == 1);
        assertThat(program.count("mugs", RenderState.CANCELLED)).isEqualTo(1);
        assertThat(program.count("mugs", RenderState.HELD)).isEqualTo(1);
        await().atMost(LONG_ENOUGH).until(() -> Files.readString(sheet("mugs")).contains("data-state=\"delivered\""));
        browser.open(sheet("mugs").toUri().toString());
        plays(browser.find(".card[data-state=delivered] video"));
        browser.click("#filters input[name=waiting]");
        assertThat(browser.find("#shown").getText()).isEqualTo("1 of 3 shown");
    }

    @Test
    void a_manifest_is_planned_accepted_watched_steered_and_its_sheet_opened_on_the_status_page() throws IOException {
        browser.open(program.address());
        browser.find("#manifest")
                .sendKeys("campaign: cups\nprompt: \"a cup <script>window.hacked = 1</script> {{take}}\"\n"
                        + "resolution: 360p\naspectRatio: \"1:1\"\nmatrix: {take: [forbidden, nice]}\nbudget: 1\n");
        browser.click("#show-plan");
        assertThat(browser.find("#plan p").getText()).contains("2 variants, 2 renders on luma", "budget of $1.00");
        browser.click("#accept");
        assertThat(browser.find("#told:not([hidden])").getText()).contains("cups.yaml");
        browser.find("article[data-campaign=cups] .bar .delivered");
        browser.find("article[data-campaign=cups] .bar .failed");
        browser.click("article[data-campaign=cups] summary");
        assertThat(browser.find("article[data-campaign=cups] .waiting li").getText())
                .contains("failed", "forbidden");
        nothingRan();
        browser.inspect("status-page");

        browser.labelled("Retry failed cups").sendKeys(Keys.ENTER);
        await().atMost(LONG_ENOUGH)
                .until(() -> generations("forbidden") == 2 && program.count("cups", RenderState.FAILED) == 1);

        await().atMost(LONG_ENOUGH).until(() -> Files.exists(sheet("cups")));
        browser.click("article[data-campaign=cups] a");
        plays(browser.find(".card[data-state=delivered] video"));
        assertThat(browser.find(".prompt").getText()).contains("<script>window.hacked = 1</script>");
        nothingRan();
        browser.click(".card[data-state=failed] input[name=retry]");
        browser.click("#save-retries");
        Path saved = browser.downloads().resolve("cups-r1-retries.txt");
        await().atMost(LONG_ENOUGH).until(() -> Files.exists(saved));
        Files.move(saved, program.program().home().resolve("retry/cups.txt"), StandardCopyOption.ATOMIC_MOVE);
        await().atMost(LONG_ENOUGH).until(() -> program.count("cups", RenderState.DELIVERED) == 2);
        assertThat(Files.readString(sheet("cups"))).doesNotContain("canary");
    }

    @Test
    void accounts_and_campaigns_are_paused_resumed_and_cancelled_with_the_keyboard_alone() throws IOException {
        program.drop(
                "jugs.yaml",
                "campaign: jugs\nprompt: a jug forever {{take}}\nresolution: 360p\naspectRatio: \"1:1\"\n"
                        + "matrix: {take: [1, 2]}\nhold: 1h\nbudget: 1\n");
        browser.open(program.address());
        browser.find("article[data-campaign=jugs]");
        browser.labelled("Pause account luma").sendKeys(Keys.SPACE);
        assertThat(browser.labelled("Resume account luma").isDisplayed()).isTrue();
        assertThat(browser.find("#accounts .error").getText()).contains("Paused: ");
        browser.labelled("Resume account luma").sendKeys(Keys.SPACE);
        browser.labelled("Pause account luma");

        browser.labelled("Cancel jugs").sendKeys(Keys.ENTER);
        assertThat(browser.find("#ask[open] h2").getText()).isEqualTo("Cancel jugs?");
        browser.find("#ask-yes").sendKeys(Keys.ESCAPE);
        assertThat(program.count("jugs", RenderState.CANCELLED)).isZero();
        browser.labelled("Cancel jugs").sendKeys(Keys.ENTER);
        browser.find("#ask[open] #ask-yes").sendKeys(Keys.ENTER);
        browser.find("article[data-campaign=jugs] .bar .cancelled");
        assertThat(program.count("jugs", RenderState.CANCELLED)).isEqualTo(2);
    }
}
