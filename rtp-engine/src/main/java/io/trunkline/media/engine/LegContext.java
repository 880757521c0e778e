package io.trunkline.media.engine;

import io.trunkline.media.LegSpec;
import io.trunkline.media.MediaConfig;
import io.trunkline.media.MediaListener;
import java.util.function.LongSupplier;

/** What a leg is given for life. */
record LegContext(LegSpec spec, MediaListener listener, MediaConfig config, LongSupplier nanoClock) {}
