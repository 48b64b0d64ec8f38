package io.riffle.jobs.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClassPathTest {
    @TempDir
    private Path folder;

    @Test
    void anEntryThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.jar");
        assertThatThrownBy(() -> OwnClassPath.of(missing.toString()))
                .isInstanceOf(RiffleException.class)
                .hasMessage("the class path names %s, which does not exist, expected a jar or a folder of classes"
                        .formatted(missing));
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> OwnClassPath.of(text.toString()))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith(
                        "the class path names %s, expected a jar or a folder of classes: ".formatted(text));
    }

    @Test
    void aFolderTravelsAsAJarBesideTheJobs() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("own/inner"));
        Files.writeString(inner.resolve("A.class"), "bytes");
        Path job = folder.resolve("job.jar");
        new JarOutputStream(Files.newOutputStream(job), new Manifest()).close();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment("localhost", 8081, job.toString());

        OwnClassPath.of(folder.resolve("own") + File.pathSeparator).shipWith(environment);

        List<String> jars = environment.getConfiguration().get(PipelineOptions.JARS);
        assertThat(jars).hasSize(2);
        assertThat(jars.get(0)).endsWith("job.jar");
        try (JarFile packed = new JarFile(new File(URI.create(jars.get(1))))) {
            assertThat(packed.stream().map(Object::toString)).containsExactly("inner/A.class");
        }
    }
}
