/**
 * Several nodes on one PostgreSQL, which alone knows who is there, who owns which call, and what limits are used up: no
 * second membership that could disagree with it. Nodes notify each other through the database (LISTEN, NOTIFY) and
 * relay requests to the owner of a call over HTTP. Lives on one Vert.x context.
 */
@NullMarked
package io.trunkline.control.cluster;

import org.jspecify.annotations.NullMarked;
