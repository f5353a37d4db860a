package io.camelray.assets;

/** A reference made fetchable for a provider, or why it could not be. */
public sealed interface HostedMedia permits HostedMedia.AtUrl, HostedMedia.InLine, MediaRefusal {

    /**
     * Something that the provider can fetch for a while.
     *
     * @param url a secret when it is presigned: never log its query
     * @param mediaType by its magic number
     */
    record AtUrl(String url, String mediaType) implements HostedMedia {

        @Override
        public String toString() {
            return "AtUrl[" + RedactedUrl.of(url) + ", " + mediaType + "]";
        }
    }

    /** Something small that is sent along. @param base64 without line breaks and prefix */
    record InLine(String base64, String mediaType) implements HostedMedia {

        @Override
        public String toString() {
            return "InLine[" + base64.length() + " characters, " + mediaType + "]";
        }
    }
}
