package io.camelray.provider.gmi;

import io.camelray.model.Operation;

/** Which of GMI's models does what (R04). */
final class GmiModels {

    private GmiModels() {}

    static String of(Operation operation) {
        return switch (operation) {
            case GENERATE, EXTEND -> "luma-ray-3-2-generate";
            case EDIT -> "luma-ray-3-2-edit";
            case REFRAME -> "luma-ray-3-2-reframe";
        };
    }
}
