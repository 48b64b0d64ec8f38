package io.riffle.jobs.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The name {@code -} for an output: CSV, on standard output. */
public final class StandardOutput {
    private static final Path NAME = Path.of("-");

    private StandardOutput() {}

    public static boolean is(Path file) {
        return file.equals(NAME);
    }

    /** Stays open when it is closed. */
    static Writer writer() {
        OutputStream kept = new FilterOutputStream(System.out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length); // and not one by one, as the class above would
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
        return new OutputStreamWriter(kept, StandardCharsets.UTF_8);
    }
}
