package io.riffle.sim.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * Designs digital Butterworth filters, as second-order sections, by the bilinear transform.
 *
 * <p>The analogue low pass of order n has its poles on the unit circle, at {@code -exp(i pi m / (2 n))}, m = -n + 1,
 * -n + 3, .., n - 1. They are scaled to the cutoff, or turned into those of a band pass, at frequencies that are warped by
 * {@code 2 tan(w / 2)}, so that the transform {@code z = (2 + s) / (2 - s)} brings them to where they were asked for. The
 * zeros become 1 and -1. All in double by StrictMath.
 */
public final class Butterworth {
    private Butterworth() {}

    /**
     * A band pass with as many sections as its order, each with two poles and the zeros 1 and -1.
     *
     * @param low edge of the band, as a part of the sampling frequency: above 0
     * @param high the other edge: above low, below 0.5
     */
    public static SecondOrderSections bandPass(int order, double low, double high) {
        double from = warped(low);
        double to = warped(high);
        double width = to - from;
        List<double[]> sections = new ArrayList<>();
        for (Complex pole : upperPoles(order)) {
            // Each pole p becomes the two solutions s of s^2 - p width s + from to = 0.
            Complex half = pole.times(width / 2);
            Complex root = half.squared().minus(from * to).root();
            if (pole.imaginary() == 0) {
                sections.add(bandSection(width, half.plus(root), half.plus(root.times(-1))));
            } else {
                Complex one = half.plus(root);
                Complex other = half.plus(root.times(-1));
                sections.add(bandSection(width, one, one.conjugate()));
                sections.add(bandSection(width, other, other.conjugate()));
            }
        }
        return new SecondOrderSections(sections);
    }

    private static double[] bandSection(double width, Complex pole, Complex other) {
        return section(pole, other, 2 * width, 0, -1);
    }

    /**
     * A low pass with all zeros at -1; of an odd order, one of its sections is of first order.
     *
     * @param cutoff as a part of the sampling frequency: above 0, below 0.5
     */
    public static SecondOrderSections lowPass(int order, double cutoff) {
        double scale = warped(cutoff);
        List<double[]> sections = new ArrayList<>();
        for (Complex pole : upperPoles(order)) {
            Complex scaled = pole.times(scale);
            if (pole.imaginary() == 0) {
                double gain = scale / (2 - scaled.real());
                sections.add(new double[] {gain, gain, 0, -(2 + scaled.real()) / (2 - scaled.real()), 0});
            } else {
                sections.add(section(scaled, scaled.conjugate(), scale * scale, 2, 1));
            }
        }
        return new SecondOrderSections(sections);
    }

    private static double warped(double frequency) {
        return 2 * StrictMath.tan(StrictMath.PI * frequency);
    }

    /** The poles of the analogue low pass that are real or above the real axis. */
    private static List<Complex> upperPoles(int order) {
        List<Complex> poles = new ArrayList<>();
        for (int m = 1 - order; m <= 0; m += 2) {
            double angle = StrictMath.PI * m / (2 * order);
            poles.add(new Complex(-StrictMath.cos(angle), -StrictMath.sin(angle)));
        }
        return poles;
    }

    /**
     * {@code {b0, b1, b2, a1, a2}} of a section with these two analogue poles, which together are real.
     *
     * @param gain of the analogue section, with what the transform of its zeros adds
     * @param b1 the middle and
     * @param b2 the last coefficient of the numerator, the first being 1
     */
    private static double[] section(Complex pole, Complex other, double gain, double b1, double b2) {
        // (2 - p)(2 - q) and (2 + p)(2 + q), of which the imaginary parts cancel.
        double sum = pole.real() + other.real();
        double product = pole.real() * other.real() - pole.imaginary() * other.imaginary();
        double divisor = 4 - 2 * sum + product;
        double scale = gain / divisor;
        return new double[] {
            scale, scale * b1, scale * b2, (2 * product - 8) / divisor, (4 + 2 * sum + product) / divisor
        };
    }

    private record Complex(double real, double imaginary) {
        Complex plus(Complex other) {
            return new Complex(real + other.real, imaginary + other.imaginary);
        }

        Complex minus(double number) {
            return new Complex(real - number, imaginary);
        }

        Complex times(double number) {
            return new Complex(real * number, imaginary * number);
        }

        Complex squared() {
            return new Complex(real * real - imaginary * imaginary, 2 * real * imaginary);
        }

        Complex conjugate() {
            return new Complex(real, -imaginary);
        }

        /** One of the two roots; the other is its negative. */
        Complex root() {
            double size = StrictMath.hypot(real, imaginary);
            double part = StrictMath.sqrt((size + Math.abs(real)) / 2);
            if (part == 0) {
                return this;
            }
            double rest = imaginary / (2 * part);
            return real >= 0 ? new Complex(part, rest) : new Complex(Math.abs(rest), Math.copySign(part, imaginary));
        }
    }
}
