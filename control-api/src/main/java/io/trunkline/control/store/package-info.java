/**
 * PostgreSQL: the embedded server, the migrations and the pool that everything stored goes through. {@link
 * io.trunkline.control.store.PgCallStore} writes every call's log in groups; the other stores are one class a kind of
 * thing.
 *
 * <p>Threads: starting, stopping and migrating block and run on the thread that starts or stops the program; the pool
 * belongs to Vert.x and answers on the caller's context. One virtual thread watches the embedded server.
 */
@NullMarked
package io.trunkline.control.store;

import org.jspecify.annotations.NullMarked;
