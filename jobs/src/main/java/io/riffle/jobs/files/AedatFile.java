package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a camera as the tools of its maker write them, version 2.0 or 3.1. The first line says which, and
 * further lines of the header, each of which begins with #, what camera it was.
 */
final class AedatFile {
    private static final String VERSION = "#!AER-DAT";
    private static final String END_OF_HEADER = "#!END-HEADER";
    private static final int MOST_LINE = 1 << 16;
    private static final Map<String, SensorSize> CAMERAS = Map.of(
            "dvs128", new SensorSize(128, 128),
            "davis128", new SensorSize(128, 128),
            "davis208", new SensorSize(208, 192),
            "davis240", new SensorSize(240, 180),
            "davis346", new SensorSize(346, 260),
            "davis640", new SensorSize(640, 480),
            "dvxplorer", new SensorSize(640, 480));

    private AedatFile() {}

    /** @param bytes is closed with the events */
    static EventSource open(ByteReader bytes, Optional<SensorSize> asked) {
        Path file = bytes.file();
        String version = line(bytes);
        if (version.equals(VERSION + "2.0")) {
            return new Aedat2Events(bytes, asked.or(() -> camera(comments(bytes))));
        }
        if (version.equals(VERSION + "3.1")) {
            return new Aedat3Events(bytes, camera(commentsUntilEnd(bytes)));
        }
        if (version.startsWith(VERSION)) {
            throw new RiffleException(
                    "%s is AEDAT %s, expected AEDAT 2.0 or 3.1, or its events as CSV with the columns t,x,y,p"
                            .formatted(file, version.substring(VERSION.length())));
        }
        throw new RiffleException("%s begins with '%s', expected %s2.0 or %s3.1"
                .formatted(file, version.length() > 40 ? version.substring(0, 40) : version, VERSION, VERSION));
    }

    /** As no line ends the header, it goes on as long as lines begin with #. */
    private static String comments(ByteReader bytes) {
        StringBuilder lines = new StringBuilder();
        for (byte[] next = bytes.peek(1); next.length == 1 && next[0] == '#'; next = bytes.peek(1)) {
            lines.append(line(bytes)).append('\n');
            if (lines.length() > MOST_LINE) {
                lines.setLength(MOST_LINE); // settings of the camera follow
            }
        }
        return lines.toString();
    }

    private static String commentsUntilEnd(ByteReader bytes) {
        StringBuilder lines = new StringBuilder();
        for (String line = line(bytes); !line.equals(END_OF_HEADER); line = line(bytes)) {
            if (!line.startsWith("#") || lines.length() > MOST_LINE) {
                throw new RiffleException("%s has no line %s behind its header".formatted(bytes.file(), END_OF_HEADER));
            }
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    /** Without its end. */
    private static String line(ByteReader bytes) {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = bytes.stream().read();
                    next >= 0 && next != '\n';
                    next = bytes.stream().read()) {
                line.append((char) next);
                if (line.length() > MOST_LINE) {
                    throw new RiffleException("%s has a header line of more than %d characters, expected less"
                            .formatted(bytes.file(), MOST_LINE));
                }
            }
        } catch (IOException failed) {
            throw bytes.unreadable(failed);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private static Optional<SensorSize> camera(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return CAMERAS.entrySet().stream()
                .filter(camera -> lower.contains(camera.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
