package io.trunkline.control.stream;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** Reads what a program sent, tolerant of all that does no harm. */
final class Messages {
    private Messages() {}

    static Optional<JsonObject> json(String text) {
        try {
            return Optional.of(new JsonObject(text));
        } catch (DecodeException | ClassCastException wrong) {
            return Optional.empty();
        }
    }

    /** A text inside one object or another; empty where there is none, whatever else may be there. */
    static String text(JsonObject message, String field) {
        return message.getValue(field) instanceof String text ? text : "";
    }

    static JsonObject object(JsonObject message, String field) {
        return message.getValue(field) instanceof JsonObject object ? object : new JsonObject();
    }

    static Optional<byte[]> base64(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    static void say(String payload, WireFormat format, StreamOrders orders) {
        base64(payload)
                .ifPresentOrElse(
                        audio -> orders.say(format, audio), () -> orders.misunderstood("a payload that is no base64"));
    }
}
