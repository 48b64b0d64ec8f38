package io.riffle.jobs.picture;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What is painted, as an SVG file. */
final class SvgFile {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String LINK_NAMESPACE = "http://www.w3.org/1999/xlink";
    /** Digits after the point, of pixels. */
    private static final int PRECISION = 1;

    private final SVGGraphics2D graphics;

    SvgFile(int widthPixels, int heightPixels) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment("drawn by Riffle");
        context.setPrecision(PRECISION);
        context.setImageHandler(new Images());
        graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(widthPixels, heightPixels));
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no XML", e);
        }
    }

    Graphics2D graphics() {
        return graphics;
    }

    void write(Path file) throws IOException {
        Element root = graphics.getRoot();
        Dimension size = graphics.getSVGCanvasSize();
        root.setAttribute("viewBox", "0 0 %d %d".formatted(size.width, size.height));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            graphics.stream(root, writer, false, false);
        } catch (SVGGraphics2DIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Images inside of the file; Batik's own way to do this needs more of Batik. */
    private static final class Images extends DefaultImageHandler {
        @Override
        protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", png);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String data = Base64.getEncoder().encodeToString(png.toByteArray());
            element.setAttributeNS(LINK_NAMESPACE, "xlink:href", "data:image/png;base64," + data);
        }

        @Override
        protected void handleHREF(java.awt.Image image, Element element, SVGGeneratorContext context) {
            handleHREF((RenderedImage) (BufferedImage) image, element, context);
        }
    }
}
