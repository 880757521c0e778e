package io.trunkline.sip.wire;

import java.util.concurrent.Executor;

/** Hears what becomes of a request, in the order of the network. */
public interface Replies {
    void onResponse(SipResponse response);

    /** Timer B or F fired (RFC 3261 17.1): nobody answered. */
    void onTimeout();

    /** The transport refused it after it had been accepted for sending. */
    void onBroken(String why);

    /** The same, delivered by an executor. */
    default Replies on(Executor executor) {
        Replies self = this;
        return new Replies() {
            @Override
            public void onResponse(SipResponse response) {
                executor.execute(() -> self.onResponse(response));
            }

            @Override
            public void onTimeout() {
                executor.execute(self::onTimeout);
            }

            @Override
            public void onBroken(String why) {
                executor.execute(() -> self.onBroken(why));
            }
        };
    }
}
