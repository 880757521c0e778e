/**
 * Limits, rates and the books. {@link io.trunkline.control.billing.Billing} is the door: it implements {@link
 * io.trunkline.control.call.Admission}.
 *
 * <p>Threads: {@code Gate} is the one place that several event loops enter at once, and guards itself for the length of
 * some map look-ups; {@code Meter} belongs to one Vert.x context; the rest is pure, or lives in PostgreSQL.
 */
@NullMarked
package io.trunkline.control.billing;

import org.jspecify.annotations.NullMarked;
