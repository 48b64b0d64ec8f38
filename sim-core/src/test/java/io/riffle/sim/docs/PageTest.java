package io.riffle.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the Java of a page, piece by piece, and compares what it prints with the text that stands below it. */
class PageTest {
    private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private PrintStream console;
    private JShell shell;

    @BeforeEach
    void open() {
        console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        // In this process, so that the page sees the classes and the console that this test has.
        shell = JShell.builder().executionEngine("local").build();
        shell.eval("import java.util.*;");
    }

    @AfterEach
    void close() {
        System.setOut(console);
        shell.close();
    }

    @Test
    void theModuleApiPrintsWhatItsPageSays() throws IOException {
        List<Piece> pieces = pieces(Path.of("../docs/module-api.md"));
        assertThat(pieces).hasSizeGreaterThan(10);
        for (Piece piece : pieces) {
            printed.reset();
            run(piece.java);
            assertThat(printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"))
                    .as(piece.java)
                    .isEqualTo(piece.text.orElse(""));
        }
    }

    private record Piece(String java, Optional<String> text) {}

    private static List<Piece> pieces(Path page) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).equals("java")) {
                pieces.add(new Piece(block.group(2), Optional.empty()));
            } else {
                Piece last = pieces.remove(pieces.size() - 1);
                pieces.add(new Piece(last.java, Optional.of(block.group(2))));
            }
        }
        return pieces;
    }

    private void run(String java) {
        String rest = java;
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete()).as("complete: " + rest).isTrue();
            for (SnippetEvent event : shell.eval(next.source())) {
                List<String> problems = shell.diagnostics(event.snippet())
                        .map(diagnostic -> diagnostic.getMessage(null))
                        .toList();
                assertThat(event.status()).as(next.source() + problems).isNotEqualTo(Snippet.Status.REJECTED);
                assertThat(event.exception()).as(next.source()).isNull();
            }
            rest = next.remaining();
        }
    }
}
