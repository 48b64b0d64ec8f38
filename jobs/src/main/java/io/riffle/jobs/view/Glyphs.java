package io.riffle.jobs.view;

/** The characters that a terminal can show: all are one column wide. */
public enum Glyphs {
    UNICODE(2, 4) {
        private static final String LEVELS = " ▁▂▃▄▅▆▇█";
        private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";
        private static final int BRAILLE = 0x2800;
        // by column, then row: the order in which Unicode numbers the dots
        private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

        @Override
        char level(double fraction) {
            return pick(LEVELS, fraction);
        }

        @Override
        String bar(double fraction, int width) {
            double cells = clip(fraction) * width;
            int full = (int) cells;
            String bar = "█".repeat(full);
            return pad(full < width ? bar + pick(EIGHTHS, cells - full) : bar, width);
        }

        @Override
        char cell(int[][] counts) {
            int dots = 0;
            for (int column = 0; column < counts.length; column++) {
                for (int row = 0; row < counts[column].length; row++) {
                    dots |= counts[column][row] > 0 ? DOTS[column][row] : 0;
                }
            }
            return dots == 0 ? ' ' : (char) (BRAILLE + dots);
        }
    },
    ASCII(1, 1) {
        private static final String LEVELS = " .:-=+*#@";

        @Override
        char level(double fraction) {
            return pick(LEVELS, fraction);
        }

        @Override
        String bar(double fraction, int width) {
            return pad("#".repeat((int) Math.round(clip(fraction) * width)), width);
        }

        @Override
        char cell(int[][] counts) {
            int count = counts[0][0];
            return count == 0 ? ' ' : count == 1 ? '.' : count < 4 ? ':' : '#';
        }
    };

    private final int columnsPerCell;
    private final int rowsPerCell;

    Glyphs(int columnsPerCell, int rowsPerCell) {
        this.columnsPerCell = columnsPerCell;
        this.rowsPerCell = rowsPerCell;
    }

    /** Points of a raster beside each other in one character. */
    int columnsPerCell() {
        return columnsPerCell;
    }

    /** Points of a raster above each other in one character. */
    int rowsPerCell() {
        return rowsPerCell;
    }

    /** A character that is the fuller the nearer the fraction is to 1. */
    abstract char level(double fraction);

    /** A lying bar, padded with blanks to the width. */
    abstract String bar(double fraction, int width);

    /** @param counts spikes by column and row of one character */
    abstract char cell(int[][] counts);

    /** Only what is exactly 0 (or less) is blank; else at least the thinnest mark. */
    private static char pick(String levels, double fraction) {
        double clipped = clip(fraction);
        return levels.charAt((int) Math.ceil(clipped * (levels.length() - 1)));
    }

    private static double clip(double fraction) {
        return fraction > 0 ? Math.min(1, fraction) : 0;
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text.substring(0, width) : text + " ".repeat(width - text.length());
    }
}
