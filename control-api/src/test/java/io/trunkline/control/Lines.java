package io.trunkline.control;

import io.trunkline.sip.testing.RawMessage;
import io.trunkline.sip.testing.ScriptedPhone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Trunks to carriers of a test's own. */
final class Lines {
    private Lines() {}

    /** A trunk to a port of this machine; its calls are placed by its name. */
    static void make(RunningServer server, String name, int port, String transport) throws Exception {
        JsonObject host =
                new JsonObject().put("host", "127.0.0.1").put("port", port).put("transport", transport);
        JsonObject trunk = new JsonObject().put("name", name).put("hosts", new JsonArray().add(host));
        var made = server.post("/v1/trunks", trunk.encode(), RunningServer.ADMIN_KEY);
        if (made.statusCode() != 201) {
            throw new AssertionError(made.body());
        }
    }

    static JsonObject by(String trunk) {
        return new JsonObject().put("to", "+4930123456").put("trunk", trunk);
    }

    /** Answers the next call; returns its INVITE. */
    static RawMessage answer(ScriptedPhone phone, String sdp) {
        RawMessage invite = phone.expect("INVITE");
        phone.respond(invite, 200, "OK", "a", sdp);
        phone.expect("ACK");
        return invite;
    }

    /** Hangs up over the API and lets the carrier agree. */
    static JsonObject end(RunningServer server, ScriptedPhone phone, String call) throws Exception {
        server.delete("/v1/calls/" + call);
        phone.respond(phone.expect("BYE"), 200, "OK", "");
        return server.awaitCall(call, shown -> shown.getValue("ended_at") != null);
    }
}
