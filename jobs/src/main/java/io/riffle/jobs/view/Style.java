package io.riffle.jobs.view;

/** What a line is about, so that a terminal may give it a colour. */
public enum Style {
    TITLE("1"),
    HEADING("2"),
    SENSOR("36"),
    SPIKE("33"),
    READ_OUT("32"),
    STATUS("0"),
    WARNING("31");

    private final String ansi;

    Style(String ansi) {
        this.ansi = ansi;
    }

    /** The parameter of an SGR escape sequence. */
    String ansi() {
        return ansi;
    }
}
