package io.trunkline.control.http;

import io.vertx.ext.web.Router;

/** Routes beside the document's, looked at before them: other APIs, spoken on top of ours. Called once an event loop. */
@FunctionalInterface
public interface SideRoutes {
    SideRoutes NONE = (router, api) -> {};

    void mount(Router router, NativeApi api);
}
