/**
 * What a node tells of itself at {@code /metrics}. Figures are read when they are asked for, from records that their
 * owners publish; nothing here counts on a media thread.
 */
@NullMarked
package io.trunkline.control.metrics;

import org.jspecify.annotations.NullMarked;
