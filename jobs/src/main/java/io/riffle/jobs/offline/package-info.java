/** The commands that need no broker and no cluster: evolve a file, inspect a network, verify recorded cases, plot. */
package io.riffle.jobs.offline;
