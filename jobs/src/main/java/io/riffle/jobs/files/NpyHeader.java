package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a {@code .npy} file, version 1 to 3.
 *
 * <pre>
 *   93 "NUMPY" | major minor | length: 2 bytes, from version 2 on 4 | {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }
 * </pre>
 *
 * @param fortran whether the first index runs fastest
 */
record NpyHeader(NpyType type, boolean fortran, long[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_LENGTH = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[.*?\\]))");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,L]*)\\)");

    static NpyHeader read(ByteReader bytes) {
        Path file = bytes.file();
        byte[] magic = new byte[MAGIC.length];
        bytes.read(MAGIC.length, "its first bytes").get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new RiffleException("%s does not begin like a .npy file".formatted(file));
        }
        ByteBuffer version = bytes.read(2, "its header");
        int major = version.get(0);
        if (major < 1 || major > 3) {
            throw new RiffleException(
                    "%s is of version %d.%d of the npy format, expected 1 to 3".formatted(file, major, version.get(1)));
        }
        int length = major == 1
                ? Short.toUnsignedInt(bytes.read(2, "its header").getShort())
                : bytes.read(4, "its header").getInt();
        if (length < 0 || length > MOST_LENGTH) {
            throw new RiffleException("%s claims a header of %d bytes, expected at most %d"
                    .formatted(file, Integer.toUnsignedLong(length), MOST_LENGTH));
        }
        byte[] text = new byte[length];
        bytes.read(length, "its header").get(text);
        return parse(new String(text, StandardCharsets.UTF_8), file);
    }

    private static NpyHeader parse(String text, Path file) {
        Matcher descr = DESCR.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!descr.find() || !fortran.find() || !shape.find()) {
            throw new RiffleException(
                    "%s has the header %s, expected descr, fortran_order and shape".formatted(file, text.strip()));
        }
        String description = descr.group(1) == null ? descr.group(2) : descr.group(1);
        return new NpyHeader(
                NpyType.of(description, file), fortran.group(1).equals("True"), dimensions(shape.group(1), file));
    }

    private static long[] dimensions(String text, Path file) {
        try {
            return Arrays.stream(text.split(","))
                    .map(number -> number.strip().replace("L", ""))
                    .filter(number -> !number.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException tooLarge) {
            throw new RiffleException("%s has the shape (%s), expected smaller numbers".formatted(file, text.strip()));
        }
    }
}
