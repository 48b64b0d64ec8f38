package io.riffle.jobs.files;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An {@code .npz} file: a ZIP file of {@code .npy} files. */
final class NpzFile {
    private static final String ENDING = ".npy";

    private NpzFile() {}

    /** @param name of the array; may be left out where there is only one */
    static Rows open(Path file, Optional<String> name) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            ZipEntry entry = zip.getEntry(chosen(file, zip, name) + ENDING);
            Path shown = Path.of("%s, array %s".formatted(file, nameOf(entry)));
            return new NpyRows(new ByteReader(shown, new Last(zip.getInputStream(entry), zip), entry.getSize()));
        } catch (RiffleException told) {
            close(zip);
            throw told;
        } catch (IOException | IllegalArgumentException failed) {
            close(zip);
            throw new RiffleException(
                    "%s is no .npz file that can be read: %s".formatted(file, failed.getMessage()), failed);
        }
    }

    private static String chosen(Path file, ZipFile zip, Optional<String> name) {
        List<String> arrays = zip.stream()
                .filter(entry -> entry.getName().endsWith(ENDING))
                .map(NpzFile::nameOf)
                .toList();
        if (name.isPresent() && arrays.contains(name.get())) {
            return name.get();
        }
        if (name.isPresent()) {
            throw new RiffleException("%s has no array '%s', expected one of %s%s"
                    .formatted(file, name.get(), arrays, Names.hint(name.get(), arrays)));
        }
        if (arrays.size() != 1) {
            throw new RiffleException(
                    arrays.isEmpty()
                            ? "%s holds no array, expected one".formatted(file)
                            : "%s holds the arrays %s, expected --dataset NAME to choose one".formatted(file, arrays));
        }
        return arrays.get(0);
    }

    private static String nameOf(ZipEntry entry) {
        String name = entry.getName();
        return name.substring(0, name.length() - ENDING.length());
    }

    private static void close(ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException failed) {
            throw new RiffleException("an .npz file cannot be closed: " + failed.getMessage(), failed);
        }
    }

    /** Closes the file with the array. */
    private static final class Last extends FilterInputStream {
        private final ZipFile zip;

        Last(InputStream entry, ZipFile zip) {
            super(entry);
            this.zip = zip;
        }

        @Override
        public void close() throws IOException {
            super.close();
            zip.close();
        }
    }
}
