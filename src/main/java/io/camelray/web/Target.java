package io.camelray.web;

import io.camelray.ledger.OperatorException;
import io.camelray.model.RenderId;
import java.util.regex.Pattern;

/**
 * What an order is about: a render ({@code R17}), a campaign, one variant of it ({@code CAMPAIGN:VARIANT}), or an account
 * ({@code account:NAME}).
 */
sealed interface Target {

    /** One render. */
    record OfRender(RenderId id) implements Target {}

    /** All renders of a campaign. */
    record OfCampaign(String name) implements Target {}

    /** The renders of a campaign whose cell has this label. */
    record OfVariant(String campaign, String label) implements Target {}

    /** An account. */
    record OfAccount(String name) implements Target {}

    Pattern RENDER = Pattern.compile("R[0-9]{1,18}");
    String ACCOUNT = "account:";

    /** Campaigns are written in small letters, so nothing is ambiguous. @throws OperatorException if there is no name */
    static Target parse(String text) {
        if (RENDER.matcher(text).matches()) {
            return new OfRender(RenderId.parse(text));
        }
        if (text.startsWith(ACCOUNT)) {
            return new OfAccount(text.substring(ACCOUNT.length()));
        }
        if (text.isBlank()) {
            throw new OperatorException("Name a render such as R17, a campaign, or account:NAME");
        }
        int colon = text.indexOf(':');
        return colon < 0 ? new OfCampaign(text) : new OfVariant(text.substring(0, colon), text.substring(colon + 1));
    }
}
