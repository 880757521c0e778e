package io.trunkline.control.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.control.RunningServer;
import io.trunkline.control.http.Answer;
import io.trunkline.control.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error of minivoice's document, with its cause really there. */
@ExtendWith(Lab.Door.class)
class MinivoiceErrorsTest {
    private static final JsonObject CALL =
            new JsonObject().put("from", "+15551230001").put("to", "+15551230002");

    private static Lab lab;

    @BeforeAll
    static void open(Lab server) {
        lab = server;
    }

    private static JsonObject account() {
        return new JsonObject().put("caller_ids", "any");
    }

    private static void refused(Customer customer, int status, String code) {
        refused(customer, CALL, status, code);
    }

    private static void refused(Customer customer, JsonObject call, int status, String code) {
        Lab.Reply reply = customer.post("/v1/calls", call);
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
        assertThat(reply.json().fieldNames()).containsExactly("error");
        assertThat(reply.error().fieldNames()).containsExactly("code", "message");
        assertThat(reply.error().getString("code")).isEqualTo(code);
        assertThat(reply.error().getString("message")).isNotBlank();
    }

    private static void price(Customer customer) {
        lab.make(
                "/v1/rates",
                new JsonObject()
                        .put("account_id", customer.account())
                        .put("prefix", "")
                        .put("per_minute", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from':                                        | invalid_json",
                "                                                | invalid_json",
                "[]                                              | invalid_json",
                "{'to':'+15551230002'}                           | invalid_request",
                "{'from':'+15551230001'}                         | invalid_request",
                "{'from':'+15551230001','to':15551230002}        | invalid_request",
                "{'from':'+15551230001','to':'5551230002'}       | invalid_request",
            })
    void aBodyThatDoesNotHoldIsRefused(String body, String code) {
        Lab.Reply refused = lab.customer("minivoice").post("/v1/calls", body == null ? "" : body.replace('\'', '"'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().getString("code")).isEqualTo(code);
    }

    @Test
    void aDestinationPricedInAnotherCurrencyAloneHasNoRate() {
        lab.make(
                "/v1/rates",
                new JsonObject().put("prefix", "+1999").put("per_minute", "1").put("currency", "USD"));
        Customer swiss = lab.customer("minivoice", account().put("currency", "CHF"));
        refused(swiss, CALL.copy().put("to", "+19995550002"), 400, "rate_not_found");
    }

    @Test
    void aLineWhoseTrunkIsGoneHasNoActiveTrunk() {
        Customer customer = lab.customer("minivoice");
        String trunk = trunk(customer, "gone");
        Customer bound = through(customer, trunk);
        lab.send("DELETE", "/v1/trunks/" + trunk, "", "Authorization", "Bearer " + RunningServer.ADMIN_KEY);
        refused(bound, 400, "no_active_trunk");
    }

    @Test
    void aTrunkThatNobodyListensAtFailsToOriginate() {
        Customer customer = lab.customer("minivoice");
        refused(through(customer, trunk(customer, "deaf")), 502, "originate_failed");
    }

    private static String trunk(Customer customer, String name) {
        JsonObject nobody =
                new JsonObject().put("host", "127.0.0.1").put("port", 9).put("transport", "tcp");
        return lab.make(
                        "/v1/trunks",
                        new JsonObject()
                                .put("account_id", customer.account())
                                .put("name", lab.name(name))
                                .put("hosts", new JsonArray().add(nobody))
                                .put("prefixes", new JsonArray().add("+999")))
                .getString("id");
    }

    private static Customer through(Customer customer, String trunk) {
        String line = lab.name("line");
        lab.make(
                "/v1/lines",
                new JsonObject()
                        .put("account_id", customer.account())
                        .put("name", line)
                        .put("number", "+15551230001")
                        .put("trunk", trunk));
        return customer.boundTo(line);
    }

    @Test
    void withoutAKeyOfTheirsItIsUnauthorized() {
        Lab.Reply wrong =
                lab.send("POST", "/compat/minivoice/v1/calls", CALL.encode(), "Authorization", "Bearer mv_live_xxx");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.error().getString("code")).isEqualTo("unauthorized");
        Lab.Reply refused = lab.send("POST", "/compat/minivoice/v1/calls", CALL.encode());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error().getString("code")).isEqualTo("unauthorized");
    }

    @Test
    void aPrepaidAccountWithoutCreditIsTooPoor() {
        Customer customer = lab.customer("minivoice", account().put("prepaid", true));
        price(customer);
        refused(customer, 402, "insufficient_balance");
    }

    @Test
    void spendControlRejects() {
        Customer customer =
                lab.customer("minivoice", account().put("limits", new JsonObject().put("spend_day", "0.5")));
        price(customer);
        refused(customer, 403, "spend_control_exceeded");
    }

    @Test
    void theLimitsOfCallsAtOnceAndASecondAreSaid() {
        JsonObject none = new JsonObject().put("concurrent", 0);
        refused(lab.customer("minivoice", account().put("limits", none)), 429, "concurrent_call_limit_reached");
        JsonObject one = new JsonObject().put("cps", 1);
        Customer slow = lab.customer("minivoice", account().put("limits", one));
        Lab.Reply reply = slow.post("/v1/calls", CALL);
        while (reply.status() == 201) { // a slow machine may place one a second for a while
            reply = slow.post("/v1/calls", CALL);
        }
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.error().getString("code")).isEqualTo("cps_limit_reached");
        assertThat(reply.raw().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void whatFailsOnOurSideIsA500() {
        for (int status : List.of(500, 503)) {
            Answer answer = new Minivoice().error(Problem.of(status, "storage_unavailable", "The database is away."));
            assertThat(((Answer.Json) answer).status()).isEqualTo(500);
        }
    }
}
