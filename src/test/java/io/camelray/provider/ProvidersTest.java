package io.camelray.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelray.model.Capability;
import io.camelray.model.ProviderJobId;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProvidersTest {

    @ParameterizedTest
    @EnumSource(ProviderName.class)
    void each_provider_answers_to_its_name_and_does_what_the_capability_table_says(ProviderName name) {
        Provider provider = new Providers(true).get(name);

        assertThat(provider.name()).isEqualTo(name);
        assertThat(provider.cancellation(new ProviderJobId("a")).isPresent())
                .isEqualTo(Capability.CANCEL.isOffered(name));
        assertThat(provider.listing().isPresent()).isEqualTo(Capability.LIST.isOffered(name));
    }

    @ParameterizedTest
    @CsvSource({
        "LUMA, https://agents.lumalabs.ai/v1/generations",
        "GMI, https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey/requests",
        "REPLICATE, https://api.replicate.com/v1/models/luma/ray-3.2/predictions"
    })
    void base_and_path_make_the_address_that_is_documented(ProviderName name, URI address) {
        Provider provider = new Providers(true).get(name);
        WireRequest request = provider.submission(RenderRequest.textToVideo("a mug"), MediaResolver.NONE);

        assertThat(URI.create(provider.defaultBaseUrl() + request.path())).isEqualTo(address);
    }

    @Test
    void whether_luma_is_believed_is_an_option() {
        WireReply unavailable =
                Wire.reply(503, "{\"detail\":\"Image URL ingestion unavailable\"}", Map.of("X-Request-Id", "r"));

        assertThat(new Providers(true).get(ProviderName.LUMA).verdict(Optional.empty(), unavailable))
                .isInstanceOf(SubmitVerdict.NotAccepted.class);
        assertThat(new Providers(false).get(ProviderName.LUMA).verdict(Optional.empty(), unavailable))
                .isInstanceOf(SubmitVerdict.Ambiguous.class);
    }
}
