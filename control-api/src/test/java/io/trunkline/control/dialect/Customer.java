package io.trunkline.control.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Somebody who came from another vendor: changed the host and the key, and nothing else. */
record Customer(Lab lab, String dialect, String account, String application, String key, Hooks hooks, String secret) {

    Lab.Reply post(String path, JsonObject body) {
        return post(path, body.encode());
    }

    Lab.Reply post(String path, String body) {
        return lab.send("POST", path, body, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    Lab.Reply get(String path) {
        return lab.send("GET", path, "", "Authorization", "Bearer " + key);
    }

    Lab.Reply delete(String path) {
        return lab.send("DELETE", path, "", "Authorization", "Bearer " + key);
    }

    /** A line of this customer's. */
    JsonObject line(String name, boolean exclusive) {
        return lab.make(
                "/v1/lines",
                new JsonObject()
                        .put("account_id", account)
                        .put("name", name)
                        .put("number", "+15550100000")
                        .put("exclusive", exclusive));
    }

    /** What its calls do once they are answered: a server of its own is asked. */
    void answersWith(String json) {
        String url = hooks.serve("/answer", json);
        lab.change("/v1/applications/" + application, new JsonObject().put("answer_url", url));
    }

    /** A number of this customer's; a trunk of the lab's leads from here to it. */
    void number(String number, JsonObject route) {
        lab.make(
                "/v1/numbers",
                route.copy()
                        .put("account_id", account)
                        .put("application_id", application)
                        .put("number", number));
        lab.make(
                "/v1/trunks",
                new JsonObject()
                        .put("name", lab.name("ourselves"))
                        .put(
                                "hosts",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("host", "127.0.0.1")
                                                .put("port", lab.sipPort())))
                        .put("prefixes", new JsonArray().add(number))
                        .put("allow_from", new JsonArray().add("127.0.0.1")));
    }

    /** Another key for the same application, bound to a line. */
    Customer boundTo(String line) {
        return new Customer(lab, dialect, account, application, lab.key(application, dialect, line), hooks, secret);
    }
}
