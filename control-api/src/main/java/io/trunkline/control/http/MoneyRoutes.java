package io.trunkline.control.http;

import io.trunkline.control.billing.AccountBooks;
import io.trunkline.control.call.Money;
import io.trunkline.control.store.CallJson;
import io.trunkline.control.store.Page;
import io.trunkline.control.store.Resource;
import io.trunkline.control.store.ResourceKind;
import io.trunkline.control.store.ResourceStore;
import io.trunkline.control.store.Times3;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** An account's balance, credits and ledger. */
final class MoneyRoutes {
    private final AccountBooks books;
    private final ResourceStore store;

    MoneyRoutes(AccountBooks books, ResourceStore store) {
        this.books = books;
        this.store = store;
    }

    Map<String, Operation> operations() {
        return Map.of("createCredit", this::credit, "getBalance", this::balance, "listLedger", this::ledger);
    }

    private Future<Answer> credit(Ask ask) {
        if (!ask.principal().operator()) {
            throw Problem.forbidden("Only the operator's admin key writes credits.");
        }
        return account(ask)
                .compose(account -> {
                    Money amount = Money.parse(ask.body().getString("amount"), currency(account));
                    if (amount.isZero()) {
                        throw Problem.invalid("amount", "must not be zero");
                    }
                    return books.credit(account.id(), amount, ask.body().getString("note", ""));
                })
                .map(entry -> Answer.created(json(entry.orElseThrow(Problem::notFound))));
    }

    private Future<Answer> balance(Ask ask) {
        return account(ask)
                .compose(account -> books.balance(account.id())
                        .map(balance -> Answer.ok(new JsonObject()
                                .put("account_id", account.id())
                                .put("balance", CallJson.money(balance.orElseThrow(Problem::notFound)))
                                .put("currency", currency(account)))));
    }

    private Future<Answer> ledger(Ask ask) {
        Page.Window window = Page.Window.of(ask.integer("limit", 50), ask.text("cursor"));
        return account(ask)
                .compose(account -> books.entries(account.id(), window.afterId(), window.limit() + 1))
                .map(entries -> {
                    List<JsonObject> items =
                            entries.stream().map(MoneyRoutes::json).toList();
                    return Answer.ok(Page.of(items, window.limit()).json());
                });
    }

    private Future<Resource> account(Ask ask) {
        return new Access(ask.principal(), store).find(ResourceKind.ACCOUNT, ask.id());
    }

    private static String currency(Resource account) {
        return account.doc().getString("currency", "USD");
    }

    private static JsonObject json(AccountBooks.Entry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("call_id", entry.callId().orElse(null))
                .put("kind", entry.kind())
                .put("amount", CallJson.money(entry.amount().amount()))
                .put("currency", entry.amount().currency())
                .put("note", entry.note().orElse(null))
                .put("created_at", Times3.text(entry.at()));
    }
}
