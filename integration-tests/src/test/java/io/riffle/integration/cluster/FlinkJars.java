package io.riffle.integration.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is in the {@code lib} folder of a Flink distribution, picked out of the class path of the tests: Flink, what it
 * needs, and logging. Neither Riffle nor Kafka, which the job jar has to bring.
 */
final class FlinkJars {
    private static final List<String> NEEDED = List.of(
            "async-profiler-",
            "commons-cli-",
            "commons-codec-",
            "commons-collections-",
            "commons-compress-",
            "commons-io-",
            "commons-lang3-",
            "commons-math3-",
            "commons-text-",
            "flink-",
            "frocksdbjni-",
            "javassist-",
            "jsr305-",
            "kryo-",
            "log4j-",
            "lz4-java-",
            "minlog-",
            "objenesis-",
            "reflectasm-",
            "RoaringBitmap-",
            "slf4j-api-",
            "snakeyaml-engine-",
            "snappy-java-");
    private static final List<String> NOT_OF_A_DISTRIBUTION =
            List.of("flink-connector-kafka-", "flink-state-processor-api-", "flink-test-utils");

    private FlinkJars() {}

    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isFlinks(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isFlinks(String name) {
        return name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && NEEDED.stream().anyMatch(name::startsWith)
                && NOT_OF_A_DISTRIBUTION.stream().noneMatch(name::startsWith);
    }
}
