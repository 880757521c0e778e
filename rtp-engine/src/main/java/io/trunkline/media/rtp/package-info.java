/**
 * RTP and RTCP (RFC 3550): packets, the jitter buffer, both streams' statistics, reports.
 *
 * <p>Threads: everything belongs to the media loop of its leg; statistics are published as one immutable record.
 */
@NullMarked
package io.trunkline.media.rtp;

import org.jspecify.annotations.NullMarked;
