package io.trunkline.control.dialect;

import io.trunkline.control.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/**
 * A path of a dialect and what it does.
 *
 * @param path as the vendor's base URL has it, parameters as {@code :id}
 * @param shared other APIs have it too: whose it is depends on the key
 * @param audio takes a long body
 */
record Endpoint(HttpMethod method, String path, boolean shared, boolean audio, Function<Request, Future<Answer>> work) {

    /** Of a path that several APIs have. */
    static Endpoint shared(HttpMethod method, String path, Function<Request, Future<Answer>> work) {
        return new Endpoint(method, path, true, false, work);
    }

    /** Of a path that is this dialect's alone. */
    static Endpoint own(HttpMethod method, String path, Function<Request, Future<Answer>> work) {
        return new Endpoint(method, path, false, false, work);
    }

    Endpoint withAudio() {
        return new Endpoint(method, path, shared, true, work);
    }
}
