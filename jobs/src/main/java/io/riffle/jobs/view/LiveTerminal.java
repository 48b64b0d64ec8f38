package io.riffle.jobs.view;

import io.riffle.jobs.lifecycle.OnExit;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The person's terminal, as a picture that is drawn again in place some ten times a second. What stood there before is
 * back afterwards, also after Ctrl-C.
 */
public final class LiveTerminal implements Screen {
    private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private final Attributes before;
    private final Glyphs glyphs;
    private final boolean colours;
    private final LogFile log = new LogFile();
    private final OnExit onExit;
    private volatile Size size;
    private long nextNanos = System.nanoTime();
    private volatile boolean quitWanted;

    private LiveTerminal(Terminal terminal) {
        this.terminal = terminal;
        glyphs = StandardCharsets.UTF_8.equals(terminal.encoding()) ? Glyphs.UNICODE : Glyphs.ASCII;
        String noColour = System.getenv("NO_COLOR");
        colours = noColour == null || noColour.isEmpty();
        // asking the terminal for its size starts a process; it says by itself when it changes
        size = terminal.getSize();
        terminal.handle(Terminal.Signal.WINCH, signal -> size = terminal.getSize());
        // left alone, JLine gives Ctrl-C back to the system, which kills without any clean-up
        terminal.handle(Terminal.Signal.INT, signal -> quitWanted = true);
        before = terminal.enterRawMode();
        onExit = new OnExit(this::restore);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.puts(Capability.clear_screen);
        terminal.flush();
        Thread keys = new Thread(this::readKeys, "riffle-keys");
        keys.setDaemon(true);
        keys.start();
    }

    /** Nothing, if this process has no terminal, or one without a cursor. */
    static Optional<LiveTerminal> open() throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        boolean drawable = !terminal.getType().startsWith(Terminal.TYPE_DUMB)
                && terminal.getStringCapability(Capability.cursor_home) != null;
        if (!drawable) {
            terminal.close();
            return Optional.empty();
        }
        return Optional.of(new LiveTerminal(terminal));
    }

    @Override
    public void show(LiveView view) {
        long now = System.nanoTime();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + PERIOD_NANOS;
        Size current = size;
        // a terminal that does not know its size says 0
        int width = current.getColumns() > 0 ? current.getColumns() : 80;
        int height = current.getRows() > 0 ? current.getRows() : 24;
        List<Line> lines = view.lines(width, height, glyphs);
        terminal.puts(Capability.cursor_home);
        for (int row = 0; row < lines.size(); row++) {
            write(lines.get(row));
            terminal.puts(Capability.clr_eol);
            if (row < lines.size() - 1) {
                terminal.writer().write("\r\n");
            }
        }
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    @Override
    public boolean isQuitWanted() {
        return quitWanted;
    }

    @Override
    public void close() {
        onExit.close();
    }

    private void write(Line line) {
        if (colours && line.style() != Style.STATUS) {
            terminal.writer().write("\u001b[" + line.style().ansi() + "m" + line.text() + "\u001b[0m");
        } else {
            terminal.writer().write(line.text());
        }
    }

    /**
     * In a thread of its own: a read of a terminal waits for a tenth of a second, however short one asks it to wait, and
     * all that the picture tells would come so much later.
     */
    private void readKeys() {
        try {
            for (int key = 0;
                    key != NonBlockingReader.EOF && !quitWanted;
                    key = terminal.reader().read(1000)) {
                if (key == 'q' || key == 'Q') {
                    quitWanted = true;
                }
            }
        } catch (IOException | IOError closed) {
            // the terminal is gone, or only shows
        }
    }

    private void restore() {
        terminal.setAttributes(before);
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException closed) {
            // nothing of it is needed any more
        }
        log.close();
        log.written().ifPresent(file -> System.err.println("warnings are in " + file));
    }
}
