package io.trunkline.media.play;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trunkline.media.AudioSources;
import io.trunkline.media.Heard;
import io.trunkline.media.UnplayableAudioException;

class AudioFuzzTest {
    /** Any bytes, whatever they claim to be, are played or refused; nothing else is thrown. */
    @FuzzTest(maxDuration = "1m")
    void anyBytesArePlayedOrRefused(byte[] bytes) throws Exception {
        try {
            Heard.from(AudioSources.bytes(bytes));
        } catch (UnplayableAudioException refused) {
            // the message is for whoever sent them
        }
    }
}
