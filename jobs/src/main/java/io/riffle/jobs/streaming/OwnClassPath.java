package io.riffle.jobs.streaming;

import io.riffle.sim.RiffleException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Jars and folders with modules of people's own. This process finds the classes in them, and a job takes them along to
 * its cluster. Networks and states name them and hold none of their objects, so nothing of them is serialised.
 */
public final class OwnClassPath {
    /** Nothing of one's own. */
    public static final OwnClassPath NONE = new OwnClassPath(List.of());

    private final List<Path> entries;

    private OwnClassPath(List<Path> entries) {
        this.entries = entries;
    }

    /** @param text jars and folders, between them what separates paths here, a colon mostly */
    public static OwnClassPath of(String text) {
        return new OwnClassPath(Stream.of(text.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .peek(OwnClassPath::check)
                .toList());
    }

    private static void check(Path entry) {
        if (Files.isDirectory(entry)) {
            return;
        }
        if (!Files.exists(entry)) {
            throw new RiffleException(
                    "the class path names %s, which does not exist, expected a jar or a folder of classes"
                            .formatted(entry));
        }
        try (JarFile opened = new JarFile(entry.toFile())) {
            opened.entries();
        } catch (IOException broken) {
            throw new RiffleException(
                    "the class path names %s, expected a jar or a folder of classes: %s"
                            .formatted(entry, broken.getMessage()),
                    broken);
        }
    }

    /** Lets this thread, and those that it starts from now on, find the classes. */
    public void use() {
        if (!entries.isEmpty()) {
            URL[] urls = entries.stream().map(OwnClassPath::url).toArray(URL[]::new);
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(new URLClassLoader(urls, thread.getContextClassLoader()));
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("every path is a URL", impossible);
        }
    }

    /** Lets a job take the classes along to wherever it runs: only jars travel, so a folder becomes one. */
    public StreamExecutionEnvironment shipWith(StreamExecutionEnvironment environment) {
        if (!entries.isEmpty()) {
            List<String> jars = new ArrayList<>(environment
                    .getConfiguration()
                    .getOptional(PipelineOptions.JARS)
                    .orElse(List.of()));
            entries.forEach(entry -> jars.add(
                    (Files.isDirectory(entry) ? packed(entry) : entry).toUri().toString()));
            environment.configure(new Configuration().set(PipelineOptions.JARS, jars));
        }
        return environment;
    }

    private static Path packed(Path folder) {
        try {
            Path jar = Files.createTempFile("riffle-own-", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file);
                    Stream<Path> inside = Files.walk(folder)) {
                for (Path found : inside.filter(Files::isRegularFile).sorted().toList()) {
                    zip.putNextEntry(
                            new ZipEntry(folder.relativize(found).toString().replace(File.separatorChar, '/')));
                    Files.copy(found, zip);
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot pack %s for the cluster".formatted(folder), failed);
        }
    }
}
