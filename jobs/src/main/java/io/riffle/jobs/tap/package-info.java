/** Looking into topics: whatever is in them, as lines, as a live picture, or into files. */
package io.riffle.jobs.tap;
