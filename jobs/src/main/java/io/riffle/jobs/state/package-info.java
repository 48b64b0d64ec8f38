/** What jobs have stored: finding it, reading it, going on from it with a network that has changed. */
package io.riffle.jobs.state;
