package io.riffle.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.knowm.xchart.style.markers.Marker;

/** A short upright line, the usual mark of a spike. */
final class Tick extends Marker {
    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.draw(new Line2D.Double(x, y - size / 2.0, x, y + size / 2.0));
    }
}
