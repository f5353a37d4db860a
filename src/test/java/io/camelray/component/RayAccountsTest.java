package io.camelray.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelray.engine.Account;
import io.camelray.ledger.AccountLimits;
import io.camelray.model.ProviderName;
import io.camelray.rules.HdrAccess;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of {@code ray.accounts.*}, read from a Camel context that is never started. */
class RayAccountsTest {

    private static final String SECOND = "second.provider=luma; second.key=luma-api-2";

    @Test
    void a_standard_account_comes_before_the_named_ones_and_these_in_order() {
        RaySettings settings = component("zeta.provider=luma; zeta.key=z; alpha.provider=gmi; alpha.key=a")
                .settings();

        assertThat(settings.accounts()).extracting(Account::name).containsExactly("luma", "alpha", "zeta");
        assertThat(settings.account(ProviderName.LUMA)).map(Account::name).contains("luma");
        assertThat(settings.account(ProviderName.GMI)).map(Account::name).contains("alpha");
        assertThat(settings.permissions().allowed()).containsExactlyInAnyOrder("luma", "alpha", "zeta");
    }

    @Test
    void without_a_standard_key_the_first_named_account_of_the_provider_is_its_default() {
        RayComponent component = component(SECOND);
        component.setLumaApiKey("");

        assertThat(component.settings().accounts()).extracting(Account::name).containsExactly("second");
    }

    @Test
    void each_account_has_its_own_limits_address_and_hdr_access() {
        RaySettings settings = component(
                        SECOND + "; second.base-url=http://localhost:1/v1/; second.requests-per-minute=7;"
                                + " second.max-concurrent=3; second.max-posting=2; second.hdr=no; luma.hdr=yes; luma.max-concurrent=60")
                .settings();

        assertThat(settings.accounts())
                .extracting(Account::limits)
                .containsExactly(new AccountLimits(30, 60, 4), new AccountLimits(7, 3, 2));
        assertThat(settings.accounts().get(1).baseUrl()).hasToString("http://localhost:1/v1");
        assertThat(settings.permissions().hdr()).isEqualTo(Map.of("second", HdrAccess.NONE, "luma", HdrAccess.GRANTED));
    }

    @Test
    void properties_go_before_the_option_and_their_placeholders_are_resolved() {
        RayComponent component = component(SECOND);
        properties(component, "ray.accounts.second.key", "{{its.key}}", "its.key", "luma-api-3");

        assertThat(component.settings().accounts().get(1).key().get()).contains("luma-api-3");
        component.setReadAccounts(false);
        assertThat(component.settings().accounts().get(1).key().get()).contains("luma-api-2");
    }

    @Test
    void a_key_that_is_empty_is_missed_by_who_submits_and_by_nobody_else() {
        RaySettings settings = component("second.provider=luma; second.key={{env:NO_SUCH_KEY:}}")
                .settings();

        assertThat(settings.accounts()).hasSize(2);
        assertThatThrownBy(settings::requireKeys)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ray.accounts.second.key is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "second.key=k | ray.accounts.second.provider is missing: say one of luma, gmi, replicate",
                "second.provider=luma | ray.accounts.second.key is missing",
                "second.provider=sora; second.key=k | ray.accounts.second.provider is 'sora', but must be one of luma, gmi, replicate",
                "second.provider=luma; second.key={{env:NO_SUCH_KEY}} | ray.accounts.second.key has a placeholder that cannot be resolved",
                "second.provider=luma; second.key=k; second.colour=red | ray.accounts.second.colour means nothing",
                "second.provider=luma; second.key=k; second.base-url=http://api.example.test | ray.accounts.second.base-url is wrong",
                "second.provider=luma; second.key=k; second.base-url=no address | ray.accounts.second.base-url is wrong",
                "second.provider=luma; second.key=k; second.max-posting=0 | ray.accounts.second.max-posting is '0'",
                "second.provider=luma; second.key=k; second.hdr=perhaps | ray.accounts.second.hdr is 'perhaps', but must be yes or no",
                "second.provider=luma; second.key=luma-api-test | 'luma' and 'second' have the same key",
                "b.provider=gmi; b.key=k; a.provider=gmi; a.key=k | 'a' and 'b' have the same key",
                "luma.key=k | ray.accounts.luma.key would redefine the standard account 'luma'",
                "Second.key=k | ray.accounts.Second.key names no account",
                "second=k | ray.accounts.second names no account",
                "allow.key=k | ray.accounts.allow.key names no account",
                "recheck.key=k | ray.accounts.recheck.key names no account",
                "recheck=soon | ray.accounts.recheck is 'soon', but must be a duration such as 5m",
                "allow=luma,third | ray.accounts.allow names 'third', which is no account"
            })
    void what_makes_no_sense_is_told_by_its_property(String accounts, String message) {
        RayComponent component = component(accounts);

        assertThatThrownBy(component::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("luma-api-test");
    }

    private static RayComponent component(String accounts) {
        RayComponent component = new RayComponent();
        component.setCamelContext(new DefaultCamelContext());
        component.setLumaApiKey("luma-api-test");
        component.setAccounts(Arrays.stream(accounts.split("; *"))
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> (Object) entry[1], (a, b) -> b, HashMap::new)));
        return component;
    }

    private static void properties(RayComponent component, String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        component.getCamelContext().getPropertiesComponent().setOverrideProperties(properties);
    }
}
