package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import java.util.Iterator;

/** Samples out of a file, in its order, record by record; several streams may alternate. */
public non-sealed interface SampleInput extends FileInput, Iterator<Samples> {}
