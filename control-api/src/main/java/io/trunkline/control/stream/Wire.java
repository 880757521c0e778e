package io.trunkline.control.stream;

import io.vertx.core.json.JsonObject;

/** The way out to the program. */
interface Wire {
    void text(String message);

    void binary(byte[] message);

    default void json(JsonObject message) {
        text(message.encode());
    }
}
