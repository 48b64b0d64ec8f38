package io.riffle.jobs.bench;

import java.util.ArrayList;
import java.util.List;

/** What one section has found. One owner: it grows while the section runs. */
final class SectionReport {
    private final Section section;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    SectionReport(Section section) {
        this.section = section;
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    /** A sentence: with which settings it was measured, or what could not be. */
    void remark(String sentence) {
        remarks.add(sentence);
    }

    Section section() {
        return section;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
