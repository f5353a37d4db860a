package io.camelray.sandbox;

/** Why a well-formed request is refused: the status and the text of {@code detail}. */
record Refusal(int status, String detail) {}
