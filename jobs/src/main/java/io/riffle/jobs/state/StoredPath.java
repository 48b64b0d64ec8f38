package io.riffle.jobs.state;

import java.nio.file.Path;

/** Where something is stored: a path of this machine, or a URI of any file system that Flink knows. */
public final class StoredPath {
    private StoredPath() {}

    /** A path without a scheme is one of this machine, wherever the process that reads it was started. */
    public static String absolute(String pathOrUri) {
        return pathOrUri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*")
                ? pathOrUri
                : Path.of(pathOrUri).toAbsolutePath().toUri().toString();
    }
}
