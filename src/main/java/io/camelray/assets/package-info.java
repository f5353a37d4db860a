/**
 * The world outside that holds files: object stores, folders, and the servers that outputs are downloaded from. Other
 * rooms use {@link io.camelray.assets.MediaProbe}, {@link io.camelray.assets.AssetHost},
 * {@link io.camelray.assets.GuardedDownload}, {@link io.camelray.assets.ObjectStore},
 * {@link io.camelray.assets.FolderStore} and {@link io.camelray.assets.Mp4Walk} with the values these answer with. Nothing here sends a provider's key
 * anywhere, shows the query of a presigned URL, or calls a partial file complete.
 */
package io.camelray.assets;
