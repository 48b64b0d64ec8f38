package io.riffle.jobs.picture;

import java.awt.Graphics2D;

/** One chart of a picture; all share the axis of time. */
public interface Section {
    int heightPixels();

    /** The room that the labels on the left need. */
    int labelPixels();

    /** The room that is needed on the right, 0 for none. */
    int scalePixels();

    void paint(Graphics2D graphics, TimeAxis axis, Frame frame);
}
