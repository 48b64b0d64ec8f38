package io.riffle.jobs.bench;

import java.util.Locale;

/** What can be measured. */
public enum Section {
    /** The network alone, on one core, beside the same in C. */
    KERNELS("million stream-steps/s of CPU time on one core", true);

    private final String title;
    private final boolean usual;

    Section(String title, boolean usual) {
        this.title = title;
        this.usual = usual;
    }

    String title() {
        return title;
    }

    /** Whether it is measured when nothing else was asked for. */
    public boolean isUsual() {
        return usual;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
