package io.trunkline.control.dialect;

import io.trunkline.control.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What a minivoice answer URL answers: a list of actions, in either spelling ({@code {"say": {…}}} or
 * {@code {"type": "say", …}}), as a script of ours.
 */
final class MinivoiceActions {
    /** What hands the call over: actions after it are not run. */
    private static final Set<String> LAST = Set.of("transfer", "bridge", "conference");

    private MinivoiceActions() {}

    static JsonArray script(JsonArray actions) {
        JsonArray verbs = new JsonArray();
        for (int i = 0; i < actions.size(); i++) {
            String path = "actions[" + i + "]";
            if (!(actions.getValue(i) instanceof JsonObject action) || action.isEmpty()) {
                throw Problem.invalid(path, "must be an object with an action");
            }
            String type = new Fields(action).text("type").orElse("");
            String name = type.isEmpty() ? action.fieldNames().iterator().next() : type;
            new Action(name, type.isEmpty() ? new Fields(action).object(name) : new Fields(action), path).addTo(verbs);
            if (LAST.contains(name)) {
                return verbs;
            }
        }
        return verbs;
    }

    private record Action(String name, Fields fields, String path) {

        void addTo(JsonArray verbs) {
            fields.whole("pause_before_ms")
                    .filter(pause -> name.equals("send_digits") && pause > 0)
                    .ifPresent(pause -> verbs.add(new JsonObject().put("pause", pause / 1000.0)));
            switch (name) {
                case "say" -> verbs.add(verb("say", new JsonObject().put("text", required("text"))));
                case "gather" -> verbs.add(verb("gather", gather()));
                case "send_digits" -> verbs.add(verb("send_digits", digits()));
                case "redirect" -> verbs.add(verb("redirect", redirect()));
                case "transfer" -> verbs.add(transfer());
                case "bridge" -> verbs.add(verb("dial", dial()));
                case "conference" -> verbs.add(verb("conference", conference()));
                case "start_recording" -> verbs.add(verb("record", true));
                case "start_stream" -> verbs.add(verb("stream", stream()));
                case "mute", "unmute" -> verbs.add(muting());
                case "hold", "resume", "stop_recording", "stop_stream" -> verbs.add(verb(name, new JsonObject()));
                default -> throw Problem.invalid(path, name + " is not an action");
            }
        }

        private static JsonObject verb(String name, Object value) {
            return new JsonObject().put(name, value);
        }

        private String required(String field) {
            return fields.text(field).orElseThrow(() -> Problem.invalid(path + "." + field, "is required"));
        }

        private JsonObject redirect() {
            return new JsonObject()
                    .put("url", required("url"))
                    .put("method", fields.text("method").orElse("GET"));
        }

        private JsonObject gather() {
            int most = fields.whole("max_digits")
                    .or(() -> fields.whole("num_digits"))
                    .orElse(1);
            JsonObject gather = new JsonObject()
                    .put("max_digits", most)
                    .put("min_digits", fields.whole("min_digits").orElse(1))
                    .put("timeout", fields.whole("timeout_seconds").orElse(5))
                    .put("terminator", fields.text("finish_on_key").orElse(""));
            fields.text("prompt").ifPresent(prompt -> gather.put("prompt", new JsonArray().add(verb("say", prompt))));
            return gather;
        }

        /** Their pauses are half a second, and a whole one. */
        private String digits() {
            return required("digits").replace("W", "ww").replace(",", "ww");
        }

        /** Their pages write both {@code destination} and {@code to}. */
        private String target() {
            return fields.text("destination").orElseGet(() -> required("to"));
        }

        /** A number is called from here and joined: carriers seldom take a referral. A SIP address is the carrier's. */
        private JsonObject transfer() {
            String to = target();
            return to.startsWith("+") ? verb("dial", dial()) : verb("transfer", new JsonObject().put("to", to));
        }

        private JsonObject dial() {
            JsonObject dial = new JsonObject().put("to", target());
            fields.text("from").ifPresent(from -> dial.put("from", from));
            fields.whole("timeout_seconds").ifPresent(timeout -> dial.put("timeout", timeout));
            return dial;
        }

        private JsonObject conference() {
            return new JsonObject()
                    .put("name", required("room"))
                    .put("muted", fields.flag("mute"))
                    .put("end_on_exit", fields.flag("end_on_exit"));
        }

        private JsonObject stream() {
            return new JsonObject()
                    .put("url", required("stream_url"))
                    .put("track", fields.text("track").orElse("inbound"))
                    .put("bidirectional", false);
        }

        /** Only what the phone is sent can be muted: a wish for more is refused rather than half granted. */
        private JsonObject muting() {
            if (!required("direction").equals("write")) {
                throw Problem.invalid(path + ".direction", "must be write: the callee's own sound cannot be muted");
            }
            return verb(name, new JsonObject());
        }
    }
}
