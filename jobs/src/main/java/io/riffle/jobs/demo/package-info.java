/** The whole of Riffle in one process, on this machine's own sensors. */
package io.riffle.jobs.demo;
