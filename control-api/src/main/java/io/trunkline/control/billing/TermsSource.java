package io.trunkline.control.billing;

import io.trunkline.control.call.CallDirection;
import io.trunkline.control.call.NewCall;
import java.util.concurrent.CompletionStage;

/** Looks up who asks for a call, fresh each time: a changed rate or limit counts from the next call on. */
interface TermsSource {
    CompletionStage<Terms> of(NewCall plan, CallDirection direction);
}
