package io.riffle.jobs.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Takes the log lines of this process while a picture is on the terminal, which they would tear. */
final class LogFile implements AutoCloseable {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5p %c{1}: %m%n";

    private final Path path = Path.of(
            System.getProperty("java.io.tmpdir"),
            "riffle-" + ProcessHandle.current().pid() + ".log");
    private final LoggerConfig root;
    private final List<Appender> before;
    private final FileAppender appender;

    LogFile() {
        root = ((LoggerContext) LogManager.getContext(false)).getConfiguration().getRootLogger();
        before = new ArrayList<>(root.getAppenders().values());
        appender = FileAppender.newBuilder()
                .setName("riffle-file")
                .withFileName(path.toString())
                .withCreateOnDemand(true)
                .setLayout(PatternLayout.newBuilder().withPattern(PATTERN).build())
                .build();
        appender.start();
        root.addAppender(appender, null, null);
        before.forEach(each -> root.removeAppender(each.getName()));
    }

    /** The file, if there was anything to log. */
    Optional<Path> written() {
        try {
            return Files.exists(path) && Files.size(path) > 0 ? Optional.of(path) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        before.forEach(each -> root.addAppender(each, null, null));
        root.removeAppender(appender.getName());
        appender.stop();
    }
}
