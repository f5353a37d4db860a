package io.camelray.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** The files that a job may leave in storage. */
enum OutputFile {
    CLIP("mp4"),
    EXR("exr"),
    EXR_PACKAGE("zip"),
    THUMBNAIL("jpg");

    private final String extension;

    OutputFile(String extension) {
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    /** The EXR in the form in which the job delivers it. */
    static OutputFile exrOf(Job job) {
        return job.quirk() == JobFate.Quirk.EXR_ZIP ? EXR_PACKAGE : EXR;
    }

    static Optional<OutputFile> withExtension(String extension) {
        return Arrays.stream(values())
                .filter(file -> file.extension.equals(extension))
                .findFirst();
    }
}
