/**
 * A leg's media path: from datagrams to what is heard, and from what is said to datagrams.
 *
 * <p>Threads: everything belongs to the media loop of its leg. No lock, no log, no allocation a packet.
 */
@NullMarked
package io.trunkline.media.graph;

import org.jspecify.annotations.NullMarked;
