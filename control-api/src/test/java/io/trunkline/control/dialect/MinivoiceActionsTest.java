package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.control.Recorded;
import io.trunkline.control.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The actions that a minivoice answer URL answers, each alone as a script of ours and together on real calls. */
@ExtendWith(Lab.Door.class)
class MinivoiceActionsTest {
    private static final int FAX_HZ = 2100;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'say':{'text':'Hi.'}}                                  | [{'say':{'text':'Hi.'}}]",
                "{'type':'say','text':'Hi.'}                             | [{'say':{'text':'Hi.'}}]",
                "{'gather':{}}                                           | [{'gather':{'max_digits':1,'min_digits':1,'timeout':5,'terminator':''}}]",
                "{'gather':{'prompt':'Press 1','num_digits':2,'timeout_seconds':7,'finish_on_key':'#'}} | [{'gather':{'max_digits':2,'min_digits':1,'timeout':7,'terminator':'#','prompt':[{'say':'Press 1'}]}}]",
                "{'gather':{'max_digits':6,'min_digits':4}}              | [{'gather':{'max_digits':6,'min_digits':4,'timeout':5,'terminator':''}}]",
                "{'send_digits':{'digits':'12w3W4,#','pause_before_ms':1500}} | [{'pause':1.5},{'send_digits':'12w3ww4ww#'}]",
                "{'redirect':{'url':'http://a.test/next'}}               | [{'redirect':{'url':'http://a.test/next','method':'GET'}}]",
                "{'type':'redirect','url':'http://a.test/n','method':'POST'} | [{'redirect':{'url':'http://a.test/n','method':'POST'}}]",
                "{'transfer':{'destination':'+15551230002'}}             | [{'dial':{'to':'+15551230002'}}]",
                "{'type':'transfer','destination':'sip:bob@a.test'}      | [{'transfer':{'to':'sip:bob@a.test'}}]",
                "{'bridge':{'to':'+15551230099','from':'+15551230001','timeout_seconds':20}} | [{'dial':{'to':'+15551230099','from':'+15551230001','timeout':20}}]",
                "{'conference':{'room':'support-room-1001'}}             | [{'conference':{'name':'support-room-1001','muted':false,'end_on_exit':false}}]",
                "{'type':'conference','room':'r','mute':true,'end_on_exit':true} | [{'conference':{'name':'r','muted':true,'end_on_exit':true}}]",
                "{'hold':{}}                                             | [{'hold':{}}]",
                "{'type':'resume'}                                       | [{'resume':{}}]",
                "{'mute':{'direction':'write'}}                          | [{'mute':{}}]",
                "{'unmute':{'direction':'write'}}                        | [{'unmute':{}}]",
                "{'type':'start_recording'}                              | [{'record':true}]",
                "{'stop_recording':{}}                                   | [{'stop_recording':{}}]",
                "{'start_stream':{'stream_url':'wss://a.test/m','track':'both'}} | [{'stream':{'url':'wss://a.test/m','track':'both','bidirectional':false}}]",
                "{'type':'stop_stream','stream_url':'wss://a.test/m'}    | [{'stop_stream':{}}]",
            })
    void everyActionIsAVerbOfOurs(String action, String verbs) {
        assertThat(MinivoiceActions.script(list("[" + action + "]"))).isEqualTo(list(verbs));
    }

    private static JsonArray list(String json) {
        return new JsonArray(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                                    | actions[0]",
                "{}                                   | actions[0]",
                "{'dance':{}}                         | dance",
                "{'say':{}}                           | actions[0].text",
                "{'send_digits':{'digits':''}}        | actions[0].digits",
                "{'transfer':{}}                      | actions[0].to",
                "{'mute':{'direction':'read'}}        | actions[0].direction",
                "{'mute':{}}                          | actions[0].direction",
            })
    void whatIsNoActionIsNamed(String action, String named) {
        assertThatThrownBy(() -> MinivoiceActions.script(list("[" + action + "]")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(named);
    }

    @Test
    void actionsAfterTheCallWasHandedOverAreNotRun() {
        assertThat(MinivoiceActions.script(list("[{'bridge':{'to':'+15551230002'}},{'dance':{}}]")))
                .hasSize(1);
    }

    @Test
    void aCallOutSpeaksGathersRecordsAndIsBridgedAsItsAnswerUrlSays(Lab lab) {
        Customer customer = lab.customer("minivoice");
        String next = customer.hooks().serve("/bridge", """
                {"actions": [{"type": "start_recording"},
                             {"bridge": {"to": "+15550100009", "from": "+15551230001", "timeout_seconds": 20}},
                             {"say": {"text": "Never said."}}]}
                """);
        customer.answersWith("""
                {"actions": [{"start_recording": {}},
                             {"say": {"text": "Thanks for calling."}},
                             {"stop_recording": {}},
                             {"type": "hold"}, {"type": "resume"},
                             {"mute": {"direction": "write"}}, {"unmute": {"direction": "write"}},
                             {"send_digits": {"digits": "12#", "pause_before_ms": 100}},
                             {"gather": {"prompt": "Press 1 for support", "num_digits": 1, "timeout_seconds": 1}},
                             {"redirect": {"url": "%s"}}]}
                """.formatted(next));
        Lab.Reply placed = customer.post(
                "/v1/calls", new JsonObject().put("from", "+15551230001").put("to", "+15550100001"));
        String id = placed.json().getString("id");
        assertThat(lab.awaitNative(id, "bridge.started")).doesNotContain("script.failed");
        lab.awaitSound(id);
        lab.hangup(id);
        List<Hooks.Told> told = customer.hooks()
                .await(one -> id.equals(one.getJsonObject("call").getString("id"))
                        && lastOf(customer, id, "recording.completed", 2));
        assertThat(told.stream()
                        .map(Hooks.Told::json)
                        .filter(one -> id.equals(one.getJsonObject("call").getString("id")))
                        .map(one -> one.getString("event")))
                .containsSubsequence(
                        "call.created",
                        "call.answered",
                        "recording.started",
                        "recording.completed",
                        "call.gathered",
                        "recording.started",
                        "call.completed");
        JsonObject gathered = told.stream()
                .map(Hooks.Told::json)
                .filter(one -> one.getString("event").equals("call.gathered"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data");
        assertThat(gathered.getString("status")).isEqualTo("timed_out");
        assertThat(gathered.getBoolean("timed_out")).isTrue();
        assertThat(gathered.getString("digits")).isEmpty();
        assertThat(told.stream().map(one -> one.json().getJsonObject("data").getString("event_key")))
                .doesNotHaveDuplicates();
        assertThat(Recorded.millisOf(lab.recorded(id, 1, 1), FAX_HZ))
                .as("the callee hears the phone that it was bridged to")
                .isGreaterThan(500);
    }

    private static boolean lastOf(Customer customer, String id, String event, int times) {
        return customer.hooks().all().stream()
                        .map(Hooks.Told::json)
                        .filter(one -> id.equals(one.getJsonObject("call").getString("id"))
                                && one.getString("event").equals(event))
                        .count()
                == times;
    }

    @Test
    void aCallInIsAskedForItsDigitAndRedirected(Lab lab) {
        Customer customer = lab.customer("minivoice");
        String number = "+15558880001";
        String next =
                customer.hooks().serve("/department", "{\"actions\": [{\"say\": {\"text\": \"Support it is.\"}}]}");
        String answer = customer.hooks().serve("/menu", """
                {"actions": [{"gather": {"prompt": "Press 1 for billing.", "num_digits": 1, "timeout_seconds": 7}},
                             {"type": "redirect", "url": "%s"}]}
                """.formatted(next));
        customer.number(number, new JsonObject().put("answer_url", answer));
        JsonArray keypad = new JsonArray()
                .add(new JsonObject().put("pause", 1.5))
                .add(new JsonObject().put("send_digits", "2"))
                .add(new JsonObject().put("pause", 30));
        lab.customer("native")
                .post("/v1/calls", new JsonObject().put("to", number).put("script", keypad));
        List<Hooks.Told> told =
                customer.hooks().await(one -> one.getString("event").equals("call.completed"));
        assertThat(customer.hooks().each(one -> one.getString("event")))
                .containsExactly("call.created", "call.answered", "call.gathered", "call.completed");
        JsonObject gathered = told.get(2).json();
        assertThat(gathered.getJsonObject("data").getString("digits")).isEqualTo("2");
        assertThat(gathered.getJsonObject("data").getString("status")).isEqualTo("completed");
        assertThat(gathered.getJsonObject("call").getString("direction")).isEqualTo("inbound");
        String id = gathered.getJsonObject("call").getString("id");
        assertThat(customer.hooks().asked()).containsExactly("POST /menu", "GET /department?call_id=" + id);
        assertThat(lab.nativeEvents(id, "playback.finished").getLast().getString("text_heard"))
                .isEqualTo("Support it is.");
    }

    @Test
    void anAnswerWhoseActionsAreWrongEndsTheCallWithTheReason(Lab lab) {
        Customer customer = lab.customer("minivoice");
        customer.answersWith("{\"actions\": [{\"dance\": {}}]}");
        customer.post("/v1/calls", new JsonObject().put("from", "+15551230001").put("to", "+15550100001"));
        List<Hooks.Told> told =
                customer.hooks().await(one -> one.getString("event").equals("call.completed"));
        assertThat(told.getLast().json().getJsonObject("data").getString("reason"))
                .isEqualTo("script_error");
    }
}
