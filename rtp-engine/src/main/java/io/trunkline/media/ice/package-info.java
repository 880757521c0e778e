/**
 * Connectivity checks (ICE, RFC 8445) over STUN (RFC 8489), with consent freshness (RFC 7675), for one component: media
 * and reports share a port.
 *
 * <p>Threads: an agent belongs to the media loop of its leg; candidates and credentials are immutable.
 */
@NullMarked
package io.trunkline.media.ice;

import org.jspecify.annotations.NullMarked;
