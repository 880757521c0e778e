/**
 * The HTTP door. {@link io.trunkline.control.http.ApiDocument} is the served OpenAPI document and drives everything
 * else: routes, scopes, body limits and validation; {@link io.trunkline.control.http.Operation} is what a route does.
 *
 * <p>Threads: one {@link io.trunkline.control.http.ApiVerticle} an event loop; a request stays on its loop. Large
 * bodies are parsed on a worker.
 */
@NullMarked
package io.trunkline.control.http;

import org.jspecify.annotations.NullMarked;
