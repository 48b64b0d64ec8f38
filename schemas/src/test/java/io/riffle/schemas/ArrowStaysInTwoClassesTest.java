package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArrowStaysInTwoClassesTest {
    @Test
    void onlyTheReaderAndTheWriterOfMetadataNameArrow() throws IOException {
        List<String> knowing = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(source);
                if (text.contains("org.apache.arrow") || text.contains("com.google.flatbuffers")) {
                    knowing.add(source.getFileName().toString());
                }
            }
        }
        assertThat(knowing).containsExactlyInAnyOrder("MetadataReader.java", "MetadataWriter.java");
    }
}
