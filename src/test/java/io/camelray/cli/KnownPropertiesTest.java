package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that nothing reads is told of before anything is done. */
class KnownPropertiesTest {

    @TempDir
    Path folder;

    private String refused(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "status",
                "--home",
                folder.resolve("home").toString(),
                "--config",
                folder.resolve("config").toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        StringWriter err = new StringWriter();
        int status =
                CamelRay.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(status).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().strip()).hasLineCount(1).doesNotContain("canary");
        assertThat(folder.resolve("home")).doesNotExist();
        return err.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ray.budget.dayly, ray.budget.daily",
        "ray.pge.port, ray.page.port",
        "ray.maxrenders, ray.max-renders",
        "ray.account.second.key, ray.accounts.second.key",
        "ray.accounts.second.requests-per-minut, requests-per-minute",
        "camel.component.ray.luma-api-kee, camel.component.ray.luma-api-key",
        "camel.component.ray.lumaApiKy, camel.component.ray.luma-api-key"
    })
    void a_mistyped_property_is_refused_with_what_may_have_been_meant(String written, String meant) {
        assertThat(refused(written + "=canary")).contains(written, meant);
    }

    @Test
    void so_is_one_in_the_file_which_is_named_and_all_of_them_are_told_at_once() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/application.properties"),
                "ray.budget.defualt = 5.00\nmine.name = x\nray.unknwon = hold\n");

        assertThat(refused())
                .contains("ray.budget.defualt in ", "application.properties", "'ray.budget.default'")
                .contains("'ray.unknown'")
                .doesNotContain("mine.name");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "mine.name=1",
                "ray.accounts.luma.hdr=no",
                "camel.component.ray.lumaApiKey=x",
                "camel.component.ray.luma-api-key=x",
                "camel.component.ray.bridge-error-handler=true"
            })
    void what_is_known_or_does_not_look_like_ours_is_left_alone(String setting) {
        assertThat(refused(setting)).contains("there is no ledger in");
    }

    @Test
    void the_file_that_is_shipped_is_known() throws Exception {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void a_variable_that_nothing_reads_is_told_of_only_if_it_looks_like_one_of_ours() {
        assertThatThrownBy(() -> check(Map.of("RAY_PAGE_TOKN", "canary")))
                .hasMessageContaining("Did you mean 'RAY_PAGE_TOKEN'?")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> check(Map.of("RAY_BUDGET_DAILY", "5")))
                .hasMessageContaining("--set ray.budget.daily=")
                .hasMessageContaining("{{env:RAY_BUDGET_DAILY}}");
        assertThatCode(() -> check(Map.of("RAY_ADDRESS", "auto", "RAY_PAGE_TOKEN", "x", "HOME", "/")))
                .doesNotThrowAnyException();
    }

    /** As the program does, with what is shipped alone. */
    private static void check(Map<String, String> environment) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().setLocation("file:config/application.properties");
            Properties overrides = new Properties();
            // What a setting wins over is no mistake.
            overrides.put("ray.page.token", "a-token-of-the-command-line");
            camel.getPropertiesComponent().setOverrideProperties(overrides);
            camel.start();
            new KnownProperties().check(camel, environment);
        }
    }
}
