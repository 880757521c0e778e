/**
 * Trunks: which takes a number, where its hosts are, how it fares, whom a call in belongs to, and what a final code
 * means.
 *
 * <p>Threads: tables are immutable and swapped whole; a trunk's health and registration belong to that trunk's worker.
 */
@NullMarked
package io.trunkline.sip.trunk;

import org.jspecify.annotations.NullMarked;
