package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file is made of. */
public enum FileFormat {
    /** Arrow IPC, file or stream format; {@code schemas/README.md} has the columns. */
    ARROW(List.of(".arrow", ".arrows", ".feather"), List.of("4152524f5731", "ffffffff")),
    /** Text, a line for each step or sample. */
    CSV(List.of(".csv"), List.of());

    private static final int MAGIC_BYTES = 8;

    private final List<String> endings;
    private final List<String> magics;

    /** @param magics the first bytes, hexadecimal */
    FileFormat(List<String> endings, List<String> magics) {
        this.endings = endings;
        this.magics = magics;
    }

    /**
     * By the name's ending; of a name that says nothing by the file's first bytes.
     *
     * @throws RiffleException if neither is of a known format
     */
    static FileFormat ofInput(Path file) {
        return ofName(file)
                .or(() -> ofContent(file))
                .orElseThrow(() -> new RiffleException(
                        "%s: neither its name nor its content is of a known format, expected a name that ends in one of %s"
                                .formatted(file, endings())));
    }

    /**
     * By the name's ending.
     *
     * @throws RiffleException if it is of no known format
     */
    static FileFormat ofOutput(Path file) {
        return ofName(file)
                .orElseThrow(() -> new RiffleException(
                        "the output file is %s, expected a name that ends in one of %s".formatted(file, endings())));
    }

    private static String endings() {
        return Arrays.stream(values())
                .flatMap(format -> format.endings.stream())
                .collect(Collectors.joining(", "));
    }

    private static Optional<FileFormat> ofName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst();
    }

    private static Optional<FileFormat> ofContent(Path file) {
        String begin = HexFormat.of().formatHex(firstBytes(file));
        return Arrays.stream(values())
                .filter(format -> format.magics.stream().anyMatch(begin::startsWith))
                .findFirst();
    }

    private static byte[] firstBytes(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(MAGIC_BYTES);
        } catch (NoSuchFileException missing) {
            throw new RiffleException("%s does not exist".formatted(file));
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be read: %s".formatted(file, failed.getMessage()), failed);
        }
    }
}
