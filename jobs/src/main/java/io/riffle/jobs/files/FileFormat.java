package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a file is made of; {@code docs/data.md} has the table. */
public enum FileFormat {
    /** Arrow IPC, file or stream format; {@code schemas/README.md} has the columns. */
    ARROW(true, List.of(".arrow", ".arrows", ".feather"), List.of("4152524f5731", "ffffffff")),
    /** Text, a line for each step, sample or event. */
    CSV(true, List.of(".csv"), List.of()),
    /** One array of NumPy. */
    NPY(true, List.of(".npy"), List.of("934e554d5059")),
    /** Several arrays of NumPy. */
    NPZ(false, List.of(".npz"), List.of("504b0304")),
    /** Sound. */
    WAV(false, List.of(".wav", ".wave"), List.of("52494646"));

    private static final int MAGIC_BYTES = 8;

    private final boolean written;
    private final List<String> endings;
    private final List<String> magics;

    /**
     * @param written whether it is written as well as read
     * @param magics the first bytes, hexadecimal
     */
    FileFormat(boolean written, List<String> endings, List<String> magics) {
        this.written = written;
        this.endings = endings;
        this.magics = magics;
    }

    /**
     * By the name's ending; of a name that says nothing by the file's first bytes.
     *
     * @throws RiffleException if neither is of a known format
     */
    static FileFormat ofInput(ByteReader bytes) {
        return ofName(bytes.file(), any -> true)
                .or(() -> ofContent(bytes.peek(MAGIC_BYTES)))
                .orElseThrow(() -> new RiffleException(
                        "%s: neither its name nor its content is of a known format, expected a name that ends in one of %s"
                                .formatted(bytes.file(), endings(any -> true))));
    }

    /**
     * By the name's ending.
     *
     * @throws RiffleException if it is of no known format
     */
    static FileFormat ofOutput(Path file) {
        Predicate<FileFormat> writable = format -> format.written;
        return ofName(file, writable)
                .orElseThrow(() -> new RiffleException("the output file is %s, expected a name that ends in one of %s"
                        .formatted(file, endings(writable))));
    }

    private static String endings(Predicate<FileFormat> of) {
        return Arrays.stream(values())
                .filter(of)
                .flatMap(format -> format.endings.stream())
                .collect(Collectors.joining(", "));
    }

    private static Optional<FileFormat> ofName(Path file, Predicate<FileFormat> of) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(of)
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst();
    }

    private static Optional<FileFormat> ofContent(byte[] firstBytes) {
        String begin = HexFormat.of().formatHex(firstBytes);
        return Arrays.stream(values())
                .filter(format -> format.magics.stream().anyMatch(begin::startsWith))
                .findFirst();
    }
}
