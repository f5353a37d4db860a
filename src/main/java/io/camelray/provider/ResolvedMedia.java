package io.camelray.provider;

/** A reference as a provider can take it. */
public sealed interface ResolvedMedia {

    /** Something that the provider fetches. @param mediaType such as {@code image/png}; never empty */
    record Url(String url, String mediaType) implements ResolvedMedia {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Something small that is sent along. @param base64 without line breaks, without a {@code data:} prefix */
    record Inline(String base64, String mediaType) implements ResolvedMedia {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** An earlier generation of the same account. @param id what the provider chains with */
    record Chained(String id) implements ResolvedMedia {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.when(this);
        }
    }

    /** Answers for exactly one case; a case that is not handled does not compile. */
    <R> R match(Cases<R> cases);

    /** One answer for each case. */
    interface Cases<R> {
        R when(Url url);

        R when(Inline inline);

        R when(Chained chained);
    }
}
