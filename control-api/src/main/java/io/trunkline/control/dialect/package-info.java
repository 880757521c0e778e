/**
 * Other vendors' call APIs, each as its own clients expect it: one file a dialect translates requests, answers, errors,
 * statuses and webhooks, and asks {@link io.trunkline.control.http.NativeApi} for all the rest.
 *
 * <p>Threads: a request stays on its event loop, a webhook is written on the sender's; dialects keep no state but
 * counters, and what each key spoke last, that any thread may touch.
 */
@NullMarked
package io.trunkline.control.dialect;

import org.jspecify.annotations.NullMarked;
