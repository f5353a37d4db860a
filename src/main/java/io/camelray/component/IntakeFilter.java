package io.camelray.component;

import io.camelray.intake.IntakeFolder;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/** Lets a file consumer take manifests, and leave data files to the manifests that name them. Thread-safe. */
public final class IntakeFilter implements GenericFileFilter<File> {

    private final IntakeFolder folder;

    /** @param templates where campaigns' templates are; there need not be such a folder */
    public IntakeFilter(String templates) {
        this.folder = new IntakeFolder(Path.of(templates), Clock.systemUTC());
    }

    /** What the filter knows. */
    public IntakeFolder folder() {
        return folder;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        return file.isDirectory() || folder.takes(Path.of(file.getAbsoluteFilePath()));
    }
}
