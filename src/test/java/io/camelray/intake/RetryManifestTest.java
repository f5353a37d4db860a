package io.camelray.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelray.intake.RetryManifest.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryManifestTest {

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "hero",
                    "{\"sku\":\"mug-01\",\"aspectRatio\":\"16:9\"}",
                    List.of("R17, cost so far: $0.00", "content_moderated: \"no\"\n\u0007 way", "Change it.")),
            new Entry("fit", "{}", List.of("R18")));

    private static JsonNode read(String text) throws UnreadableManifestException {
        return ManifestReader.read(new ManifestSource("", text.getBytes(StandardCharsets.UTF_8)))
                .root();
    }

    @Test
    void the_authors_text_stays_as_it_is_below_what_goes_again() {
        String text =
                """
                # Our mugs
                campaign: mugs   # the spring ones
                prompt: >
                  A mug,
                  turning
                """;

        assertThat(RetryManifest.write(text, "mugs", 3, ENTRIES))
                .isEqualTo(
                        """
                # Our mugs
                retryOf: mugs/r3   # only what is named here goes again, with what starts from it
                only:
                  - step: "hero"
                    cell: {"sku": "mug-01", "aspectRatio": "16:9"}
                    why: "R17, cost so far: $0.00. content_moderated: \\"no\\" way. Change it."
                  - step: "fit"
                    cell: {}
                    why: "R18."
                campaign: mugs   # the spring ones
                prompt: >
                  A mug,
                  turning
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "campaign: mugs\nprompt: a mug \uD83C\uDF75\n",
                "\uD83C\uDF75: tea\ncampaign: mugs",
                "---\ncampaign: mugs\nprompt: a mug\n...\n",
                "%YAML 1.2\n---\ncampaign: mugs\n",
                "  campaign: mugs\n  prompt: a mug\n",
                "{\"campaign\": \"mugs\", \"budget\": 1.50}",
                "{ campaign: mugs }",
                "--- {campaign: mugs}",
                "? campaign\n: mugs\n",
                "!!map\ncampaign: mugs\n",
                "&all\ncampaign: mugs\n",
                "campaign: mugs\r\nprompt: a mug\r\n",
                "only: [{step: a}]\ncampaign: mugs\nretryOf: mugs/r1\n",
                "campaign: mugs\nretryOf: mugs/r1\nonly: [{step: a}]\n"
            })
    void whatever_its_form_it_says_the_same_as_before_and_what_goes_again(String text)
            throws UnreadableManifestException {
        JsonNode retry = read(RetryManifest.write(text, "mugs", 12, ENTRIES));

        assertThat(retry.path("retryOf").asText()).isEqualTo("mugs/r12");
        assertThat(retry.path("only")).hasSize(2);
        assertThat(retry.at("/only/0/cell/aspectRatio").asText()).isEqualTo("16:9");
        read(text).properties().stream()
                .filter(field -> !List.of("retryOf", "only").contains(field.getKey()))
                .forEach(field -> assertThat(retry.get(field.getKey())).isEqualTo(field.getValue()));
    }

    @Test
    void what_an_earlier_retry_asked_for_is_replaced() {
        String first = RetryManifest.write("campaign: mugs\nprompt: a mug\n", "mugs", 1, ENTRIES);

        String second = RetryManifest.write(first, "mugs", 2, ENTRIES.subList(1, 2));

        assertThat(second)
                .isEqualTo(RetryManifest.write("campaign: mugs\nprompt: a mug\n", "mugs", 2, ENTRIES.subList(1, 2)));
    }
}
