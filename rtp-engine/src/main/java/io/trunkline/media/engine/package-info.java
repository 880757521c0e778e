/**
 * The engine behind the API: sessions on the callers' side, legs on the loops' side, and what holds them together.
 *
 * <p>Threads: {@code LegSession} belongs to the thread that controls the call, {@code Leg} to its media loop; between
 * them go commands one way and events the other. {@code RtpEngine} is for any thread.
 */
@NullMarked
package io.trunkline.media.engine;

import org.jspecify.annotations.NullMarked;
