/** A picture file of the last seconds. */
package io.riffle.jobs.picture;
