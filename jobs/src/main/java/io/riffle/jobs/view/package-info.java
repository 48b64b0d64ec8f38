/** The live picture in the terminal: rendering is pure, only {@link io.riffle.jobs.view.LiveTerminal} touches a screen. */
package io.riffle.jobs.view;
