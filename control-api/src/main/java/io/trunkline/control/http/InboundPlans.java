package io.trunkline.control.http;

import io.trunkline.control.call.CallSnapshot;
import io.trunkline.control.call.InboundRoutes;
import io.trunkline.control.call.NewCall;
import io.trunkline.control.call.NewCall.Program;
import io.trunkline.control.call.Verb;
import io.trunkline.control.call.WhatsAppHeaders;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.Tenants;
import io.trunkline.sip.SipEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where calls in go: the number's script or answer URL, else its application's; else nowhere. */
public final class InboundPlans implements InboundRoutes {
    private final ResourceStore store;
    private final ScriptParser scripts;

    public InboundPlans(ResourceStore store, ScriptParser scripts) {
        this.store = store;
        this.scripts = scripts;
    }

    @Override
    public CompletionStage<Optional<NewCall>> find(SipEvent.Incoming invite, String callId) {
        return store.find(ResourceKind.NUMBER, invite.to(), Optional.empty())
                .compose(number -> number.isEmpty()
                        ? Future.succeededFuture(Optional.<NewCall>empty())
                        : store.lineOf(invite.to(), number.get().accountId())
                                .compose(line -> application(number.get())
                                        .compose(owner -> planned(number.get(), owner, line, invite, callId))))
                .toCompletionStage();
    }

    private Future<Optional<NewCall>> planned(
            Resource number,
            Optional<Resource> application,
            Optional<Resource> line,
            SipEvent.Incoming invite,
            String callId) {
        if (application.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Resource owner = application.get();
        return store.find(ResourceKind.ACCOUNT, owner.accountId().orElse(Tenants.DEFAULT), Optional.empty())
                .map(account -> Optional.of(plan(number, owner, line, invite, callId, recordOf(account))));
    }

    /** Calls in are recorded where their account says so. */
    private static Optional<Verb.StartRecording> recordOf(Optional<Resource> account) {
        return account.map(found -> found.doc().getValue("record")).flatMap(ScriptParser::recordAtAll);
    }

    /** The number's own, or the account's first one. */
    private Future<Optional<Resource>> application(Resource number) {
        String reference = number.doc().getString("application_id");
        return store.find(
                ResourceKind.APPLICATION, reference == null ? Tenants.DEFAULT : reference, number.accountId());
    }

    private NewCall plan(
            Resource number,
            Resource application,
            Optional<Resource> line,
            SipEvent.Incoming invite,
            String callId,
            Optional<Verb.StartRecording> record) {
        return new NewCall(
                callId,
                new CallSnapshot.Owner(number.accountId().orElse(""), application.id()),
                invite.to(),
                Optional.of(invite.from()),
                line.map(Resource::id),
                Optional.of(invite.trunkId()),
                program(number.doc(), application.doc())
                        .fallingBackTo(Optional.ofNullable(application.doc().getString("fallback_url"))),
                record,
                Optional.empty(),
                Optional.empty(),
                NewCall.DEFAULT_RING_TIMEOUT,
                NewCall.DEFAULT_MAX_DURATION,
                Duration.ZERO,
                false,
                CallSnapshot.Callback.NONE,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                WhatsAppHeaders.among(invite.headers()),
                Optional.empty());
    }

    /** A number that says nothing of what to do rejects: a call in always ends somewhere sensible. */
    private Program program(JsonObject number, JsonObject application) {
        if (number.getJsonArray("script") != null) {
            return new Program(scripts.verbs(number.getJsonArray("script"), "script"), false);
        }
        if (number.getJsonObject("reject") != null) {
            return new Program(List.of(ScriptParser.reject(number.getJsonObject("reject"))), false);
        }
        if (number.getValue("webrtc") != null) {
            return new Program(List.of(new Verb.Browser(Optional.empty())), true);
        }
        String url = number.getString("answer_url", application.getString("answer_url"));
        Verb verb = url == null ? new Verb.Reject(480, "Temporarily Unavailable") : new Verb.Redirect(url);
        return new Program(List.of(verb), false);
    }
}
