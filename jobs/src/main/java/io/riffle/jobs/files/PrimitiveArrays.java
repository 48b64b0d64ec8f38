package io.riffle.jobs.files;

/** Arrays of arrays of numbers, as libraries return them. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    /**
     * Copies all numbers, the last index running fastest, each rounded to the nearest float.
     *
     * @param at where the first one goes
     * @return behind the last one
     */
    static int flatten(Object array, float[] values, int at) {
        int next = at;
        if (array instanceof Object[] inner) {
            for (Object part : inner) {
                next = flatten(part, values, next);
            }
        } else if (array instanceof float[] numbers) {
            System.arraycopy(numbers, 0, values, next, numbers.length);
            next += numbers.length;
        } else if (array instanceof double[] numbers) {
            for (double number : numbers) {
                values[next++] = (float) number;
            }
        } else if (array instanceof long[] numbers) {
            for (long number : numbers) {
                values[next++] = number;
            }
        } else if (array instanceof int[] numbers) {
            for (int number : numbers) {
                values[next++] = number;
            }
        } else if (array instanceof short[] numbers) {
            for (short number : numbers) {
                values[next++] = number;
            }
        } else if (array instanceof byte[] numbers) {
            for (byte number : numbers) {
                values[next++] = number;
            }
        } else {
            throw new IllegalArgumentException("got " + array.getClass().getSimpleName() + ", expected numbers");
        }
        return next;
    }
}
