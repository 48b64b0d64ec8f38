package io.riffle.schemas;

/**
 * The forms of raster records that came last: streams repeat theirs in every record. May serve several threads; a race
 * costs one more parse, no more.
 */
final class KnownRasters {
    private static final int MOST = 8;

    private final KnownRaster[] known = new KnownRaster[MOST];
    private int next;

    /** The form of a record, or null. */
    KnownRaster of(byte[] value) {
        for (KnownRaster one : known) {
            if (one == null) {
                return null;
            }
            if (one.fits(value)) {
                return one;
            }
        }
        return null;
    }

    /** @param form or null, which is not kept */
    void add(KnownRaster form) {
        if (form != null) {
            int place = next;
            known[place] = form;
            next = (place + 1) % MOST;
        }
    }
}
