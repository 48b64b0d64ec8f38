package io.riffle.schemas;

/** Text of strangers, made fit for a message. */
final class Text {
    private static final int LENGTH = 60;

    private Text() {}

    /** At most 60 characters, none of which moves the cursor. */
    static String shortened(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= LENGTH ? visible : visible.substring(0, LENGTH) + "...";
    }
}
