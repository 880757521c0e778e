package io.trunkline.control.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Reads a server's messages, tolerant of all that does no harm. */
final class Read {
    private Read() {}

    static JsonObject json(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException wrong) {
            return new JsonObject();
        }
    }

    static String text(JsonObject message, String field) {
        return message.getValue(field) instanceof String text ? text : "";
    }

    static JsonObject object(JsonObject message, String field) {
        return message.getValue(field) instanceof JsonObject object ? object : new JsonObject();
    }

    static int number(JsonObject message, String field) {
        return message.getValue(field) instanceof Number number ? number.intValue() : 0;
    }
}
