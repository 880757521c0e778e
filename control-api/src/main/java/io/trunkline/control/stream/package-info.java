/**
 * Live streams: a call's sound to and from a program outside, over a WebSocket. One engine, a small file a protocol.
 *
 * <p>Threads: a stream lives on the Vert.x context of its socket; the call's mailbox reaches it by enqueueing, the media
 * loop through bounded buffers.
 */
@NullMarked
package io.trunkline.control.stream;

import org.jspecify.annotations.NullMarked;
