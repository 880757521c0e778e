package io.trunkline.control.http;

import io.trunkline.media.AudioSink;
import io.trunkline.media.SpeechSynthesizer;
import java.io.IOException;
import java.util.List;

/** A voice that hums, a tenth of a second for each word. */
final class StandInVoice implements SpeechSynthesizer {
    @Override
    public String engine() {
        return "hum";
    }

    @Override
    public List<Voice> voices() {
        return List.of(
                new Voice("hum/alice", "hum", "en-GB", "female", 8000),
                new Voice("hum/bruno", "hum", "de", "male", 8000));
    }

    @Override
    public void speak(SpeechRequest request, AudioSink sink) throws IOException, InterruptedException {
        int words = request.text().split(" ").length;
        short[] hum = new short[800 * words];
        for (int i = 0; i < hum.length; i++) {
            hum[i] = (short) (8000 * Math.sin(2 * Math.PI * 200 * i / 8000));
        }
        sink.start(8000);
        sink.write(hum, 0, hum.length);
    }
}
