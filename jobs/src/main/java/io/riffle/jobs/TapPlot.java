package io.riffle.jobs;

import io.riffle.jobs.offline.PlotCommand;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The picture of what was tapped: a recording that is drawn as {@code riffle plot} draws it, and forgotten. */
final class TapPlot {
    private TapPlot() {}

    /** A file for the recording, in a folder of its own, as there may become several beside it. */
    static Path recording() {
        try {
            Path folder = Files.createTempDirectory("riffle-tap-");
            folder.toFile().deleteOnExit();
            return folder.resolve("tapped.arrow");
        } catch (IOException failed) {
            throw new RiffleException("there is no room for a recording to draw: " + failed.getMessage(), failed);
        }
    }

    /** @param recordings are removed */
    static void draw(List<Path> recordings, Path picture, String title, CommandLine caller) {
        if (recordings.isEmpty()) {
            throw new RiffleException("%s holds no steps, expected some to draw %s".formatted(title, picture));
        }
        String[] arguments = Stream.concat(
                        recordings.stream().map(Path::toString),
                        Stream.of("--output", picture.toString(), "--title", title))
                .toArray(String[]::new);
        int status = Main.commandLine(new PlotCommand())
                .setOut(caller.getOut())
                .setErr(caller.getErr())
                .execute(arguments);
        recordings.forEach(recording -> recording.toFile().delete());
        recordings.get(0).getParent().toFile().delete();
        if (status != 0) {
            throw new RiffleException("%s could not be drawn".formatted(picture));
        }
    }
}
