/**
 * Media: everything between a UDP socket and a sample. This package is the whole API; the packages below it are its kitchen.
 *
 * <p>Threads: a {@link io.trunkline.media.MediaSession} belongs to the one thread that controls the call; its methods
 * never block, they negotiate on the caller's thread and enqueue the rest to the media loop that owns the leg. Events
 * come back through {@link io.trunkline.media.MediaListener}, called on the media loop.
 */
@NullMarked
package io.trunkline.media;

import org.jspecify.annotations.NullMarked;
