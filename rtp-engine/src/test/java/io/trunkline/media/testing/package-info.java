/** Fixtures for tests of media: tones and their measurement, an RTP peer, collected events, clocks moved by hand. */
package io.trunkline.media.testing;
