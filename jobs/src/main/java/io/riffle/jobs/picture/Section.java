package io.riffle.jobs.picture;

import org.knowm.xchart.XYChart;

/** One chart of a picture; all share the axis of time. */
public interface Section {

    XYChart chart(TimeSpan span, int widthPixels);

    int heightPixels();
}
