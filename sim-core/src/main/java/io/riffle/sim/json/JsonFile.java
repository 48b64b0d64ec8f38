package io.riffle.sim.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of JSON, and the sentences about those that cannot be read. */
public final class JsonFile {
    private JsonFile() {}

    /**
     * The text of a file.
     *
     * @param kind what it should be, such as {@code network file}
     */
    public static String text(Path file, String kind) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new RiffleException("%s %s does not exist".formatted(kind, file));
        } catch (MalformedInputException binary) {
            throw new RiffleException("%s is no JSON: it is not a text in UTF-8".formatted(file));
        } catch (IOException failed) {
            throw new RiffleException("%s %s cannot be read: %s".formatted(kind, file, failed), failed);
        }
    }

    /** What is wrong with a text, and where in it. */
    public static RiffleException broken(String source, JsonProcessingException broken) {
        return new RiffleException("%s is no JSON: %s in line %d, column %d"
                .formatted(
                        source,
                        broken.getOriginalMessage(),
                        broken.getLocation().getLineNr(),
                        broken.getLocation().getColumnNr()));
    }
}
