package io.trunkline.control.http;

import io.trunkline.control.http.ApiDocument.OperationSpec;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The document as one page of HTML that asks nothing of any other host. */
final class DocsPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Trunkline API</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
            summary{cursor:pointer;padding:.35rem 0;border-bottom:1px solid #e2e5e9}
            code,pre{font:13px/1.45 ui-monospace,monospace}
            pre{background:#f5f6f8;padding:.8rem;overflow:auto;border-radius:6px}
            .m{display:inline-block;min-width:4.2rem;font-weight:600}
            @media(prefers-color-scheme:dark){body{background:#14171a;color:#e6e8ea}pre{background:#1f2429}
            summary{border-color:#2c3238}}
            </style></head><body><h1>Trunkline API</h1>
            <p>The machine-readable form is <a href="/openapi.json">/openapi.json</a>.</p>
            """;

    private DocsPage() {}

    static String render(ApiDocument document) {
        JsonObject root = document.json();
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p>")
                .append(escape(root.getJsonObject("info").getString("description")))
                .append("</p>");
        for (OperationSpec operation : document.operations()) {
            operation(page, operation, root);
        }
        page.append("<h2>Schemas</h2>");
        root.getJsonObject("components")
                .getJsonObject("schemas")
                .forEach(schema ->
                        details(page, escape(schema.getKey()), ((JsonObject) schema.getValue()).encodePrettily()));
        return page.append("</body></html>").toString();
    }

    private static void operation(StringBuilder page, OperationSpec operation, JsonObject root) {
        JsonObject described = root.getJsonObject("paths")
                .getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT));
        String title = "<span class=m>" + operation.method() + "</span><code>" + escape(operation.path()) + "</code> "
                + escape(described.getString("summary", ""));
        details(page, title, described.encodePrettily());
    }

    private static void details(StringBuilder page, String title, String json) {
        page.append("<details><summary>")
                .append(title)
                .append("</summary><pre>")
                .append(escape(json))
                .append("</pre></details>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
