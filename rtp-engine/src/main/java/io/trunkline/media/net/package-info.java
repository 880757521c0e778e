/**
 * Datagrams in and out: ports, sockets, who may send to us, and what kind of packet it is.
 *
 * <p>Threads: {@link io.trunkline.media.net.PortAllocator} is asked from any thread and takes no lock; everything else
 * belongs to the media loop of its leg.
 */
@NullMarked
package io.trunkline.media.net;

import org.jspecify.annotations.NullMarked;
