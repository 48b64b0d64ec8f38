package io.riffle.jobs.offline;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.riffle.jobs.tap.TextLines;
import io.riffle.schemas.Notice;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** What is said about a file while it is worked on: what was left out, and what was decided about its streams. */
final class Remarks implements AutoCloseable {
    private final Path input;
    private final PrintWriter err;
    private final Optional<Path> file;
    private final Optional<CsvWriter> notices;

    /** @param file a CSV file for the notices, which else are lines of {@code err} */
    Remarks(Path input, PrintWriter err, Optional<Path> file) {
        this.input = input;
        this.err = err;
        this.file = file;
        notices = file.map(Remarks::open);
        notices.ifPresent(writer -> writer.writeRecord(
                "stream", "kind", "run", "first_step", "steps", "topic", "partition", "offset", "message"));
    }

    private static CsvWriter open(Path file) {
        try {
            return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        } catch (IOException failed) {
            throw new RiffleException("%s could not be written: %s".formatted(file, failed.getMessage()), failed);
        }
    }

    /** @param record the how many-th of the file it is, from 0 */
    void rejected(long record, String stream, RejectReason reason, String message) {
        err.println(TextLines.of(new Rejected(input.toString(), 0, record, stream, reason, message, null)));
        err.flush();
    }

    void notice(Notice notice) {
        if (notices.isEmpty()) {
            err.println(TextLines.of(notice));
            err.flush();
            return;
        }
        notices.get()
                .writeRecord(
                        notice.stream(),
                        notice.kind().code(),
                        Long.toString(notice.run()),
                        Long.toString(notice.firstStep()),
                        Long.toString(notice.steps()),
                        notice.topic(),
                        Integer.toString(notice.partition()),
                        Long.toString(notice.offset()),
                        notice.message());
    }

    @Override
    public void close() {
        try {
            if (notices.isPresent()) {
                notices.get().close();
            }
        } catch (IOException failed) {
            throw new RiffleException(
                    "%s could not be written to its end: %s".formatted(file.orElseThrow(), failed.getMessage()),
                    failed);
        }
    }
}
