package io.trunkline.media.amd.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.media.amd.Forest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoostingTest {
    private static final Boosting.Settings SETTINGS = new Boosting.Settings(60, 3, 0.2, 0.7, 1, 1);

    @Test
    void learnsARuleThatNoSingleFeatureShows() {
        Forest forest = new Boosting(SETTINGS, 1).grow(exclusiveOr(4000, 1));
        Table test = exclusiveOr(1000, 2);
        int right = 0;
        for (int row = 0; row < test.rows(); row++) {
            boolean said = forest.probability(test.row(row)) > 0.5;
            right += said == (test.label(row) > 0.5) ? 1 : 0;
        }

        assertThat(right).isGreaterThan(950);
    }

    @Test
    void growsTheSameForestFromTheSameSeed() throws IOException {
        assertThat(bytes(new Boosting(SETTINGS, 5).grow(exclusiveOr(500, 3))))
                .isEqualTo(bytes(new Boosting(SETTINGS, 5).grow(exclusiveOr(500, 3))));
    }

    private static Table exclusiveOr(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Table table = new Table(3);
        for (int i = 0; i < rows; i++) {
            float[] row = {(float) random.nextDouble(), (float) random.nextDouble(), (float) random.nextDouble()};
            table.add(row, (row[0] > 0.4) == (row[1] > 0.6) ? 0 : 1, 1);
        }
        return table;
    }

    private static byte[] bytes(Forest forest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        forest.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
