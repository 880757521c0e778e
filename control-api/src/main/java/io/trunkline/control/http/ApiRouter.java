package io.trunkline.control.http;

import io.trunkline.control.Ids;
import io.trunkline.control.console.ConsoleFiles;
import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Ties each operation of the document to what does it; what the document lacks, or nobody does, stops start-up. */
final class ApiRouter {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    static final String ID = "request-id";
    private static final int LONGEST_REFERENCE = 300;

    private ApiRouter() {}

    /** @param beside mounts what is looked at before the document's routes */
    static Router create(
            Vertx vertx,
            ApiDocument document,
            Map<String, Operation> operations,
            Dispatcher dispatcher,
            Consumer<Router> beside) {
        Router router = Router.router(vertx);
        router.route().handler(ApiRouter::identify);
        ConsoleFiles.mount(router);
        beside.accept(router);
        Set<String> left = new HashSet<>(operations.keySet());
        for (OperationSpec spec : document.operations()) {
            Operation operation = operations.get(spec.id());
            if (operation == null) {
                throw new IllegalStateException("nobody does " + spec.id());
            }
            left.remove(spec.id());
            router.route(HttpMethod.valueOf(spec.method()), spec.path().replaceAll("\\{(\\w+)}", ":$1"))
                    .handler(context -> {
                        if (context.pathParams().values().stream().anyMatch(ApiRouter::isNoReference)) {
                            refuse(context, Problem.notFound());
                        } else {
                            dispatcher.handle(
                                    context.request(), spec, operation, context.pathParams(), context.get(ID));
                        }
                    });
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("the document knows nothing of " + left);
        }
        router.errorHandler(404, context -> refuse(context, Problem.notFound()));
        router.errorHandler(
                405,
                context -> refuse(
                        context,
                        Problem.of(
                                405,
                                "method_not_allowed",
                                "This path does not take " + context.request().method() + ".")));
        router.errorHandler(400, context -> refuse(context, Problem.invalid("path", "is not a valid path")));
        router.errorHandler(500, context -> refuse(context, Problem.of(context.failure())));
        return router;
    }

    private static void identify(RoutingContext context) {
        HttpServerRequest request = context.request();
        String given = request.getHeader("X-Request-Id");
        String id = given != null && REQUEST_ID.matcher(given).matches() ? given : Ids.next("req");
        context.put(ID, id);
        request.response().putHeader("X-Request-Id", id);
        context.next();
    }

    /** Nothing has such an id or name, and the database could not even be asked. */
    static boolean isNoReference(String text) {
        return text.indexOf('\0') >= 0 || text.length() > LONGEST_REFERENCE;
    }

    private static void refuse(RoutingContext context, Problem problem) {
        String id = context.get(ID);
        context.request().resume();
        Responses.problem(context.request(), problem, id == null ? Ids.next("req") : id);
    }
}
