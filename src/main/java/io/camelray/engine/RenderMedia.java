package io.camelray.engine;

import io.camelray.assets.AssetHost;
import io.camelray.assets.KeptMedia;

/**
 * Where renders' references come from and go to.
 *
 * @param host makes references fetchable for providers
 * @param inlineHost the same without a bucket, for providers that fetch no URLs
 * @param kept our copies of local files
 */
public record RenderMedia(AssetHost host, AssetHost inlineHost, KeptMedia kept) implements AutoCloseable {

    @Override
    public void close() {
        host.close();
        inlineHost.close();
    }
}
