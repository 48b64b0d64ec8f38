package io.riffle.jobs.picture;

/**
 * How the width of a picture is divided, the same for all of its sections, so that their axes of time stand exactly below
 * each other.
 *
 * @param widthPixels of everything
 * @param labelPixels on the left, for labels
 * @param scalePixels on the right, for scales of colours
 * @param detail device pixels per pixel that an image should have
 */
public record Frame(int widthPixels, int labelPixels, int scalePixels, int detail) {
    int chartPixels() {
        return widthPixels - scalePixels;
    }
}
