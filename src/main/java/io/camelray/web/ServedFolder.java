package io.camelray.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files of one folder, to be read, in parts too. Nothing that begins with a dot, nothing that a link leads out to. */
final class ServedFolder implements Handler<RoutingContext> {

    private final String mount;
    private final Path root;
    private final String policy;
    private final StaticHandler files;

    /**
     * @param mount the path below which the folder is served
     * @param policy the Content-Security-Policy of what lies there
     */
    ServedFolder(String mount, Path root, String policy) {
        this.mount = mount;
        this.root = root;
        this.policy = policy;
        this.files = StaticHandler.create(FileSystemAccess.ROOT, root.toString())
                .setCachingEnabled(false)
                .setDirectoryListing(false)
                .setIncludeHidden(false)
                .setFilesReadOnly(false);
    }

    @Override
    public void handle(RoutingContext context) {
        String path = context.pathParam("*");
        context.vertx()
                .executeBlocking(() -> isInside(path), false)
                .onSuccess(inside -> {
                    if (inside) {
                        context.response().putHeader("Content-Security-Policy", policy);
                        files.handle(context);
                    } else {
                        context.fail(404);
                    }
                })
                .onFailure(context::fail);
    }

    private boolean isInside(String path) {
        try {
            Path file = root.resolve(path == null ? "" : path.replaceFirst("^/+", ""));
            return Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
