/**
 * From text to {@link io.trunkline.control.ControlConfig}: the one place that reads the configuration file and the
 * environment.
 *
 * <p>Threads: none; everything here runs once, on the thread that starts the program.
 */
@NullMarked
package io.trunkline.control.config;

import org.jspecify.annotations.NullMarked;
