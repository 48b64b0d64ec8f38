/** A load on a job, and a witness of what comes of it: every step once, with the bits of the network offline. */
package io.riffle.integration.load;
