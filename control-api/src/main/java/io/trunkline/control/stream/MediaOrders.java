package io.trunkline.control.stream;

import io.vertx.core.json.JsonObject;

/** The orders that Twilio's, Telnyx's and Wavix's programs have in common. */
final class MediaOrders {
    private MediaOrders() {}

    static void read(String text, WireFormat format, StreamOrders orders) {
        JsonObject message = Messages.json(text).orElse(new JsonObject());
        switch (Messages.text(message, "event")) {
            case "media" -> Messages.say(Messages.text(Messages.object(message, "media"), "payload"), format, orders);
            case "mark" -> orders.mark(Messages.text(Messages.object(message, "mark"), "name"));
            case "clear" -> orders.clear();
            default -> orders.misunderstood("an unknown event");
        }
    }
}
